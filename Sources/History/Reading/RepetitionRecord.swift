package import Events

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

    package var duration: Duration { .microseconds(end.microseconds &- start.microseconds) }
}
