/// A named number that rules can ask of a body: an angle, a height, a distance, a speed.
///
/// Left and right are the person's own. A measure that takes both sides, such as `knee` or `least_knee`, rests on the
/// side that is seen where the other is hidden, so it does not mind from where a camera looks.
package struct Measure: Sendable, Hashable {
    /// The word for it in rule files, such as `left_knee`.
    package let name: String
    package let unit: MeasureUnit
    /// What thresholds may ask for.
    package let range: ClosedRange<Float>
    /// One sentence on what it tells, of whichever side.
    package let meaning: String
    /// The name of the row of the table it comes from: `knee` for `left_knee`.
    package let family: String
    /// Nil for measures of the whole body.
    package var side: MeasureSide?
    let formula: MeasureFormula

    /// The same with the side.
    package var summary: String { meaning + (side.map { " (\($0.meaning))" } ?? "") }

    package static func == (a: Self, b: Self) -> Bool { a.name == b.name }

    package func hash(into hasher: inout Hasher) { hasher.combine(name) }

    /// The measure of that name, or nil.
    package static func named(_ name: String) -> Measure? { catalogue[name] }

    /// Every measure, sorted by name.
    package static let all: [Measure] = catalogue.values.sorted { $0.name < $1.name }

    /// The places of the body it rests on, in the order of the body.
    package var points: [BodyPoint] {
        let points = formula.points
        return BodyPoint.allCases.filter { points.contains($0) }
    }

    private static let catalogue = Dictionary(
        uniqueKeysWithValues: MeasureFamily.all.flatMap(\.measures).map { ($0.name, $0) })
}
