/// One statement about a measure that a posture did not meet, and by how much.
package struct Lack: Sendable, Hashable {
    package let predicate: Predicate
    /// Whether the statement was to be false, as within `none`.
    package let isDenied: Bool
    /// The measure's value; nil where it was not seen.
    package let reached: Float?

    /// How far the value is from what was wanted, in the measure's unit; nil where it was not seen.
    package var shortBy: Float? {
        guard let reached else { return nil }
        if isDenied {
            let range = predicate.holding
            return max(0, min(reached - range.lowerBound, range.upperBound - reached))
        }
        return max(0, predicate.range.lowerBound - reached, reached - predicate.range.upperBound)
    }

    /// What was wanted: `above 0.23`, `not above 1.00 torso lengths`; what was true and was to be false is so only once it is
    /// released.
    package var wanted: String {
        isDenied ? "not " + predicate.measure.words(of: predicate.holding) : predicate.wanted
    }

    /// `hip_drop reached 0.12, wanted above 0.23 (0.11 short)`.
    package var sentence: String {
        let unit = predicate.measure.unit
        guard let reached, let shortBy else { return "\(predicate.measure.name) was not seen, wanted \(wanted)" }
        let by = isDenied ? "too much" : reached < predicate.range.lowerBound ? "short" : "over"
        return "\(predicate.measure.name) reached \(unit.number(reached)), wanted \(wanted) "
            + "(\(unit.amount(shortBy, by)))"
    }

    /// The same, told by what ends the statement instead of what begins it.
    package var onRelease: Lack {
        let measure = predicate.measure
        return Lack(
            predicate: isDenied
                ? Predicate(measure: measure, range: predicate.range, holding: predicate.range)
                : Predicate(measure: measure, range: predicate.holding, holding: predicate.holding),
            isDenied: isDenied, reached: reached)
    }
}
