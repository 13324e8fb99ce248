/// What an event says, by kind.
package enum EventPayload: Sendable, Equatable {
    case action(SegmentPayload)
    case gesture(SegmentPayload)
    case rep(RepetitionPayload)
    case interaction(InteractionPayload)
    case track(SegmentPayload)
    case camera(CameraPayload)
    case history(HistoryPayload)
    case heartbeat(HeartbeatPayload)

    package var kind: EventKind {
        switch self {
        case .action: .action
        case .gesture: .gesture
        case .rep: .rep
        case .interaction: .interaction
        case .track: .track
        case .camera: .camera
        case .history: .history
        case .heartbeat: .heartbeat
        }
    }
}
