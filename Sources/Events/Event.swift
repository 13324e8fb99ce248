package import Skeleton

/// What Laban tells the world: who did what, when, on which camera. `EventReference` describes every field.
package struct Event: Sendable, Equatable {
    /// The same from begin to end.
    package var id: EventID
    package var phase: Phase
    /// This run of Laban.
    package var run: EventID
    /// The numbering this event belongs to: camera and kind.
    package var stream: String
    /// Counts from 1 in its stream without holes.
    package var sequence: UInt64
    /// Empty for events of no camera.
    package var camera: String
    package var frame: Int?
    /// Media time of the frame that led to this event.
    package var presentationTime: Duration?
    /// When that frame was taken.
    package var captureTime: UnixTime
    /// When the event was made.
    package var publishTime: UnixTime
    /// What `captureTime` goes by.
    package var clock: CaptureClock
    /// Since the run's beginning; never goes backwards.
    package var monotonicNanoseconds: UInt64
    /// Set on `end`.
    package var reason: EndReason?
    /// Name and version of the model that recognised it.
    package var model: String?
    /// Whether it would still be in the history if the process were killed now; true where none is kept.
    package var isDurable = true
    package var payload: EventPayload

    package var kind: EventKind { payload.kind }

    /// Whose event it is, where it is somebody's.
    package var track: TrackID? {
        payload.segment?.track ?? payload.repetition?.track ?? payload.set?.track ?? payload.robot?.track
    }

    /// The action, gesture, exercise, arm or state it is about; nil for heartbeats.
    package var label: String? {
        switch payload {
        case .camera(let camera): camera.state.rawValue
        case .history(let history): history.state.rawValue
        case .robot(let robot): robot.arm
        default: payload.segment?.label ?? payload.repetition?.exercise ?? payload.set?.exercise
        }
    }

    /// Media time at which what it tells of began, where that is known.
    package var start: Duration? {
        payload.segment?.start ?? payload.repetition?.start ?? payload.set?.start
    }

    /// Media time at which what it tells of ended, where that is estimated to be before the frame that told.
    package var end: Duration? { payload.segment?.end ?? payload.repetition?.end ?? payload.set?.end }

    /// The confidence, 0…1, where there is one.
    package var confidence: Float? {
        payload.segment?.confidence ?? payload.repetition?.confidence ?? payload.set?.confidence
    }
}

/// What the time of capture goes by.
package enum CaptureClock: String, Sendable, Hashable, CaseIterable {
    /// The source's own clock: its lines say when the frame was taken.
    case camera
    /// When the frame arrived.
    case arrival
    /// Where in the file, counted from the recording's or the run's beginning.
    case file
}
