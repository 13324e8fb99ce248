package import Events

/// One counted repetition.
package struct RepetitionRecord: Sendable, Hashable {
    package var eventID: String
    package var run: String
    package var camera: String
    package var track: Int
    package var exercise: String
    /// Counts full ones from 1 per track and exercise; of a partial one, how many full ones there were before.
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
    /// Whether it went clearly less far than the others of its set, and is not counted.
    package var isPartial = false
    /// Number of its set, from 1 per track; nil of those stored before sets were.
    package var set: Int?
    /// `rule` or `motion`; nil of those stored before that was noted.
    package var basis: String?
    /// Names of the faults of its form, with spaces between; nil where there was none.
    package var faults: String?

    package var duration: Duration { .microseconds(end.microseconds &- start.microseconds) }
}
