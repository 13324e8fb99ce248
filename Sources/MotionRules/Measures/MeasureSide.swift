/// Which side of the body a measure is taken at: the word before its name.
package enum MeasureSide: String, Sendable, Hashable, CaseIterable {
    case mean, left, right, least, greatest, uneven

    /// What stands before a measure's name: `left_`; nothing for the mean.
    package var prefix: String { self == .mean ? "" : rawValue + "_" }

    /// What it tells, in a word or two.
    package var meaning: String {
        switch self {
        case .mean: "mean of both sides, the better seen one weighing more"
        case .left: "the person's own left"
        case .right: "the person's own right"
        case .least: "the side with the lesser value"
        case .greatest: "the side with the greater value"
        case .uneven: "difference between the sides; 0 where only one is seen"
        }
    }

    /// Words that stand for left and right in a gesture with `sides`, and what they mean.
    package static let ruleWords: [(prefix: String, meaning: String)] = [
        ("own_", "in a gesture with 'sides': the side that makes the gesture"),
        ("other_", "in a gesture with 'sides': the other side"),
    ]
}
