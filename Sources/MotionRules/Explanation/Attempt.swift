import Skeleton

/// One try at an exercise or a gesture, and what became of it.
///
/// At an exercise, the measure of its range leaves where it rested and comes back: an attempt is every such way out of at
/// least half the range wanted, but of no less than noise makes (15 degrees, 0.17 torso lengths, a twelfth of a whole).
/// The whole range is asked for while the first phase has not been held. At a gesture, all parts of the
/// condition but at most one hold, for 0.1 s or longer; where never more than one lacks, that one lacks at most half of what
/// it ever does. What counts is an attempt by itself, whatever else went on meanwhile.
package struct Attempt: Sendable, Hashable {
    /// What became of an attempt.
    package enum Outcome: Sendable, Hashable {
        /// The number of the repetition, or of the gesture's segment on this person, from 1.
        case counted(Int)
        case refused(Refusal)
    }

    /// Media time at which the rest was left.
    package var start: Duration
    /// Media time at which it went farthest, or came nearest to the condition.
    package var turningPoint: Duration
    /// Media time at which it was over.
    package var end: Duration
    package var outcome: Outcome
    /// Places of the body that the rule needs and that were not seen meanwhile.
    package var unseen: [UnseenPoint] = []

    /// The number it was counted as, or nil.
    package var index: Int? {
        if case .counted(let index) = outcome { index } else { nil }
    }

    /// Why it was refused, or nil.
    package var refusal: Refusal? {
        if case .refused(let refusal) = outcome { refusal } else { nil }
    }

    /// Share of the range wanted that makes an attempt.
    private static let share: Float = 0.5

    /// How far the measure of an exercise's range goes at least in an attempt.
    ///
    /// - Parameter isReady: whether the first phase was held before.
    package static func leastWay(_ range: Exercise.Range, isReady: Bool) -> Float {
        min(range.least, max(range.least * (isReady ? share : 1), range.measure.unit.step / 3))
    }

    /// How long a gesture is tried at least in an attempt.
    package static let shortest = Duration.milliseconds(100)
}
