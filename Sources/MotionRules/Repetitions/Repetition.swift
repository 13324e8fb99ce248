package import Skeleton

/// One counted repetition of an exercise.
package struct Repetition: Sendable, Hashable {
    package var track: TrackID
    package var exercise: String
    /// Counts from 1 per track and exercise.
    package var index: Int
    /// Media time at which the first phase was left.
    package var start: Duration
    /// Media time at which the measure of the range of motion was farthest out.
    package var turningPoint: Duration
    /// Media time at which the last phase was reached.
    package var end: Duration
    /// Index of the frame that completed it.
    package var frame: Int
    /// Media time of that frame.
    package var presentationTime: Duration
    /// How far the exercise's measure moved, in `rangeUnit`.
    package var rangeOfMotion: Float
    package var rangeUnit: MeasureUnit
    /// Mean confidence of that measure over the repetition, 0…1.
    package var confidence: Float
    /// What the joints rested on during the repetition; nil when unknown.
    package var joints: JointShares?

    /// Time from the start to the turning point.
    package var outward: Duration { turningPoint - start }

    /// Time from the turning point to the end.
    package var inward: Duration { end - turningPoint }
}
