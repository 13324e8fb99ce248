package import Skeleton

/// Repetitions of one exercise that a person did one after another.
package struct SetPayload: Sendable, Hashable {
    package var track: TrackID
    package var exercise: String
    /// Counts from 1 per track.
    package var number: Int
    /// Full repetitions.
    package var count: Int
    package var partialCount = 0
    /// How long it was held, for an exercise that is held still.
    package var held: Duration?
    /// Repetitions in the same time by their motion alone; nil where no rule counted any.
    package var countByMotion: Int?
    /// Whether the two counts differ by more than one.
    package var isDisputed = false
    /// Media time at which the first repetition began.
    package var start: Duration
    /// Media time at which the last one ended.
    package var end: Duration
    /// Since this person's set before; nil for the first.
    package var rest: Duration?
    /// Mean length of a repetition.
    package var meanDuration: Duration?
    /// Mean range of motion in degrees.
    package var meanRange: Float?
    /// 0…1.
    package var confidence: Float
    /// What the joints rested on during the set.
    package var joints: JointShares?

    package init(
        track: TrackID, exercise: String, number: Int, count: Int, start: Duration, end: Duration, confidence: Float = 1
    ) {
        self.track = track
        self.exercise = exercise
        self.number = number
        self.count = count
        self.start = start
        self.end = end
        self.confidence = confidence
    }
}
