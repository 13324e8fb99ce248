package import Skeleton

/// What an event says, by kind.
package enum EventPayload: Sendable, Equatable {
    case action(SegmentPayload)
    case gesture(SegmentPayload)
    case rep(RepetitionPayload)
    case set(SetPayload)
    case interaction(InteractionPayload)
    case track(SegmentPayload)
    case camera(CameraPayload)
    case robot(RobotPayload)
    case heartbeat(HeartbeatPayload)

    package var kind: EventKind {
        switch self {
        case .action: .action
        case .gesture: .gesture
        case .rep: .rep
        case .set: .set
        case .interaction: .interaction
        case .track: .track
        case .camera: .camera
        case .robot: .robot
        case .heartbeat: .heartbeat
        }
    }
}

/// Something one person does, or their being there.
package struct SegmentPayload: Sendable, Hashable {
    package var track: TrackID
    package var label: String
    /// 0…1.
    package var confidence: Float
    /// Media time at which it is judged to have begun.
    package var start: Duration

    package init(track: TrackID, label: String, confidence: Float, start: Duration) {
        self.track = track
        self.label = label
        self.confidence = confidence
        self.start = start
    }
}

/// One counted repetition of an exercise.
package struct RepetitionPayload: Sendable, Hashable {
    package var track: TrackID
    package var exercise: String
    /// Counts from 1 per track and exercise.
    package var index: Int
    /// 0…1.
    package var confidence: Float
    /// Media time of its beginning; the event's presentation time is its end.
    package var start: Duration
    /// Media time of the turning point.
    package var turningPoint: Duration?
    /// Range of motion of the exercise's leading angle, in degrees.
    package var rangeOfMotion: Float?
    /// How long the way to the turning point took.
    package var down: Duration?
    /// How long the way back took.
    package var up: Duration?
    /// Names of what was wrong with the form.
    package var faults: [String]

    package init(
        track: TrackID, exercise: String, index: Int, confidence: Float = 1, start: Duration,
        turningPoint: Duration? = nil, rangeOfMotion: Float? = nil, down: Duration? = nil, up: Duration? = nil,
        faults: [String] = []
    ) {
        self.track = track
        self.exercise = exercise
        self.index = index
        self.confidence = confidence
        self.start = start
        self.turningPoint = turningPoint
        self.rangeOfMotion = rangeOfMotion
        self.down = down
        self.up = up
        self.faults = faults
    }
}

/// Repetitions of one exercise without a long rest.
package struct SetPayload: Sendable, Hashable {
    package var track: TrackID
    package var exercise: String
    /// Counts from 1 per track and exercise.
    package var index: Int
    /// Repetitions so far.
    package var count: Int
    /// Media time of the first repetition's beginning.
    package var start: Duration

    package init(track: TrackID, exercise: String, index: Int, count: Int, start: Duration) {
        self.track = track
        self.exercise = exercise
        self.index = index
        self.count = count
        self.start = start
    }
}

/// Something one person does to another.
package struct InteractionPayload: Sendable, Hashable {
    package var track: TrackID
    /// To whom.
    package var other: TrackID
    package var label: String
    /// 0…1.
    package var confidence: Float
    /// Media time at which it is judged to have begun.
    package var start: Duration

    package init(track: TrackID, other: TrackID, label: String, confidence: Float, start: Duration) {
        self.track = track
        self.other = other
        self.label = label
        self.confidence = confidence
        self.start = start
    }
}

/// How a camera fares.
package struct CameraPayload: Sendable, Hashable {
    package enum State: String, Sendable, Hashable, CaseIterable {
        /// Frames come.
        case online
        /// Frames come faster than they can be worked on, and some are dropped.
        case dropping
        /// No frames come, and it is tried again.
        case offline
        /// The file is over, or the camera was taken out.
        case ended
        /// It cannot go on.
        case failed
    }

    package var state: State
    /// For people to read.
    package var message: String?
    /// Frames worked on since the source's beginning.
    package var frames: Int?
    /// Frames dropped since the source's beginning.
    package var droppedFrames: Int?

    package init(state: State, message: String? = nil, frames: Int? = nil, droppedFrames: Int? = nil) {
        self.state = state
        self.message = message
        self.frames = frames
        self.droppedFrames = droppedFrames
    }
}

/// Joint targets for a robot.
package struct RobotPayload: Sendable, Hashable {
    package struct Joint: Sendable, Hashable {
        package var name: String
        /// Radians, or metres for a sliding joint.
        package var position: Float

        package init(name: String, position: Float) {
            self.name = name
            self.position = position
        }
    }

    package var robot: String
    /// Whose movement it follows.
    package var track: TrackID?
    /// Such as `following` or `holding`.
    package var state: String
    package var joints: [Joint]

    package init(robot: String, track: TrackID? = nil, state: String, joints: [Joint] = []) {
        self.robot = robot
        self.track = track
        self.state = state
        self.joints = joints
    }
}

/// The last number of every stream, so that a loss at the end is noticed too.
package struct HeartbeatPayload: Sendable, Hashable {
    package struct Position: Sendable, Hashable {
        package var stream: String
        package var sequence: UInt64

        package init(stream: String, sequence: UInt64) {
            self.stream = stream
            self.sequence = sequence
        }
    }

    /// Sorted by stream.
    package var positions: [Position]

    package init(positions: [Position]) {
        self.positions = positions.sorted { $0.stream < $1.stream }
    }
}
