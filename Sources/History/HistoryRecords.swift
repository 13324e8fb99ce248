package import Events

/// One action, gesture, track, interaction or set, from begin to end.
package struct SegmentRecord: Sendable, Hashable {
    package var kind: SegmentKind
    package var eventID: String
    package var run: String
    package var camera: String
    package var track: Int
    package var label: String
    /// The greatest that was reported, 0…1.
    package var confidence: Double?
    package var start: UnixTime
    /// When it ended, or was last heard of.
    package var end: UnixTime
    /// Media times.
    package var startPresentation: Duration?
    package var endPresentation: Duration?
    package var isOpen: Bool
    package var reason: String?
    package var model: String?
    /// The other person of an interaction.
    package var otherTrack: Int?
    /// The repetitions of a set.
    package var count: Int?

    package var duration: Duration { .microseconds(end.microseconds - start.microseconds) }
}

/// One counted repetition.
package struct RepetitionRecord: Sendable, Hashable {
    package var eventID: String
    package var run: String
    package var camera: String
    package var track: Int
    package var exercise: String
    /// Counts from 1 per track and exercise.
    package var index: Int
    package var confidence: Double?
    package var start: UnixTime
    package var end: UnixTime
    /// Media times.
    package var startPresentation: Duration?
    package var endPresentation: Duration?
    package var turningPoint: Duration?
    /// Degrees.
    package var rangeOfMotion: Double?
    package var down: Duration?
    package var up: Duration?
    package var faults: [String]

    package var duration: Duration { .microseconds(end.microseconds - start.microseconds) }
}

/// What a camera reported of itself.
package struct CameraRecord: Sendable, Hashable {
    package var eventID: String
    package var run: String
    package var camera: String
    package var time: UnixTime
    package var state: String
    package var message: String?
    package var frames: Int?
    package var droppedFrames: Int?
    package var reason: String?
}

/// How often and how long something happened on one day at one camera.
package struct StatisticsRecord: Sendable, Hashable {
    /// The day in the asker's time zone, such as `2026-11-21`.
    package var day: String
    package var camera: String
    package var kind: EventKind
    package var label: String
    package var count: Int
    package var duration: Duration
}

/// One line of what happened, whatever its kind.
package struct TimelineRecord: Sendable, Hashable {
    package var start: UnixTime
    package var duration: Duration?
    package var camera: String
    package var kind: EventKind
    package var track: Int?
    package var label: String
    /// What else there is to say, such as `12` for a repetition's number.
    package var detail: String?

    package init(
        start: UnixTime, duration: Duration?, camera: String, kind: EventKind, track: Int?, label: String,
        detail: String?
    ) {
        self.start = start
        self.duration = duration
        self.camera = camera
        self.kind = kind
        self.track = track
        self.label = label
        self.detail = detail
    }
}
