package import Skeleton

/// Repetitions of one exercise that a person did one after another.
package struct ExerciseSet: Sendable, Hashable {
    package var track: TrackID
    /// Counts from 1 per track.
    package var number: Int
    package var exercise: String
    /// Full repetitions; 1 for an exercise that is held.
    package var count: Int
    /// How long it was held, for an exercise that is.
    package var held: Duration?
    package var partialCount: Int
    /// Repetitions in the same time by their motion alone, without a rule; nil where no rule counted any.
    package var countByMotion: Int?
    /// Media time at which the first repetition began.
    package var start: Duration
    /// Media time at which the last one ended.
    package var end: Duration
    /// Since this person's set before; nil for the first.
    package var rest: Duration?
    /// Mean length of a full repetition; of a partial one where there are no others.
    package var meanDuration: Duration
    /// Their mean range of motion in degrees; nil where it is unknown or in another unit.
    package var meanRange: Float?
    /// How sure, 0…1: the mean over its repetitions.
    package var confidence: Float
    /// Index of the frame at which it was known to be over.
    package var frame: Int
    /// Media time of that frame.
    package var presentationTime: Duration
    /// What the joints rested on during the set; nil when unknown.
    package var joints: JointShares?

    /// Whether the rule and the motion alone came to counts that differ by more than one repetition.
    package var isDisputed: Bool { countByMotion.map { abs($0 - count - partialCount) > 1 } ?? false }
}
