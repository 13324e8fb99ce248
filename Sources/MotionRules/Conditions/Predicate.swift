/// A statement about one measure that becomes true at one value and false again at another.
///
/// The gap between the two keeps noise at the border from making it chatter.
package struct Predicate: Sendable, Hashable {
    package let measure: Measure
    /// Becomes true within this range.
    package let range: ClosedRange<Float>
    /// Stays true within this one, which is at least as wide.
    package let holding: ClosedRange<Float>

    package init(measure: Measure, range: ClosedRange<Float>, holding: ClosedRange<Float>) {
        precondition(
            holding.lowerBound <= range.lowerBound && holding.upperBound >= range.upperBound,
            "a predicate holds at least where it begins")
        self.measure = measure
        self.range = range
        self.holding = holding
    }

    /// Whether it is true of `value`, given whether it was before.
    package func holds(_ value: Float, before: Bool) -> Bool { (before ? holding : range).contains(value) }

    /// What it wants, without the measure: `above 150 degrees`, `70 to 115 degrees`.
    package var wanted: String { measure.words(of: range) }
}
