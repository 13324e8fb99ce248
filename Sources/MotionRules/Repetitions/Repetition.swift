package import Skeleton

/// One counted repetition of an exercise.
package struct Repetition: Sendable, Hashable {
    package var track: TrackID
    package var exercise: String
    /// Counts full ones from 1 per track and exercise; of a partial one, how many full ones there were before.
    package var index: Int
    /// Media time at which the way out began.
    package var start: Duration
    /// Media time at which the measure of the range of motion was farthest out.
    package var turningPoint: Duration
    /// Media time at which it was back at rest, as far as can be told when it is told.
    package var end: Duration
    /// Index of the frame that completed it.
    package var frame: Int
    /// Media time of that frame.
    package var presentationTime: Duration
    /// How far the exercise's measure, or without a rule the joint angle that moved most, went, in `rangeUnit`; nil
    /// where it was not seen.
    package var rangeOfMotion: Float?
    package var rangeUnit: MeasureUnit
    /// Mean confidence of that measure over the repetition, 0…1.
    package var confidence: Float
    /// What was wrong with its form.
    package var faults: [FormFault] = []
    /// Faults of its exercise that this view does not tell of.
    package var unjudged: [String] = []
    /// What told it.
    package var basis = Basis.rule
    /// Whether it went clearly less far than the others of its set: it is told, and not counted.
    package var isPartial = false
    /// Number of its set, from 1 per track.
    package var set = 0
    /// How far it went along its motion; told by motion alone, in trunk lengths over all joints.
    package var way: Float?
    /// How many alike ones it was found with.
    package var company = 1
    /// What the joints rested on during the repetition; nil when unknown.
    package var joints: JointShares?

    /// What a repetition is told by.
    package enum Basis: String, Sendable, Hashable {
        /// The phases of an exercise.
        case rule
        /// Nothing but motion that repeats itself.
        case motion
    }

    /// Time from the start to the turning point.
    package var outward: Duration { turningPoint - start }

    /// Time from the turning point to the end.
    package var inward: Duration { end - turningPoint }

    /// Whether the other takes about as long and goes about as far: neither more than 2.5 times as much.
    func isLike(_ other: Repetition) -> Bool {
        func isNear(_ a: Double, _ b: Double) -> Bool { max(a, b) <= 2.5 * min(a, b) }
        return isNear((end - start).inSeconds, (other.end - other.start).inSeconds)
            && isNear(Double(rangeOfMotion ?? 0), Double(other.rangeOfMotion ?? 0))
    }
}
