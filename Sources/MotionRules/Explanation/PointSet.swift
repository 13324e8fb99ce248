/// Some places of the body.
package struct PointSet: OptionSet, Sendable, Hashable {
    package let rawValue: UInt16

    package init(rawValue: UInt16) { self.rawValue = rawValue }

    package init(_ points: some Sequence<BodyPoint>) {
        rawValue = points.reduce(0) { $0 | 1 << UInt16($1.rawValue) }
    }

    /// The places, in the order of the body.
    package var points: [BodyPoint] { BodyPoint.allCases.filter { contains(PointSet([$0])) } }
}
