package import Skeleton

/// What an event says, by kind.
package enum EventPayload: Sendable, Equatable {
    case action(Segment)
    case gesture(Segment)
    case rep(RepetitionPayload)
    case set(SetPayload)
    case interaction(Segment)
    case track(Segment)
    case robot(RobotPayload)
    case camera(CameraPayload)
    case history(HistoryPayload)
    case heartbeat(HeartbeatPayload)

    package var kind: EventKind {
        switch self {
        case .action: .action
        case .gesture: .gesture
        case .rep: .rep
        case .set: .set
        case .interaction: .interaction
        case .track: .track
        case .robot: .robot
        case .camera: .camera
        case .history: .history
        case .heartbeat: .heartbeat
        }
    }

    /// What it says of a segment, where it is about one.
    package var segment: Segment? {
        switch self {
        case .action(let segment), .gesture(let segment), .interaction(let segment), .track(let segment): segment
        case .rep, .set, .robot, .camera, .history, .heartbeat: nil
        }
    }

    /// The set it is about.
    package var set: SetPayload? {
        if case .set(let set) = self { set } else { nil }
    }

    /// The command to a robot's arm that it is.
    package var robot: RobotPayload? {
        if case .robot(let robot) = self { robot } else { nil }
    }

    /// The repetition it is about.
    package var repetition: RepetitionPayload? {
        if case .rep(let repetition) = self { repetition } else { nil }
    }
}
