/// Some places of the body.
struct PointSet: OptionSet, Sendable, Hashable {
    let rawValue: UInt32

    init(rawValue: UInt32) { self.rawValue = rawValue }

    init(_ points: some Sequence<BodyPoint>) {
        rawValue = points.reduce(0) { $0 | 1 << UInt32($1.rawValue) }
    }

    /// The places, in the order of the body.
    var points: [BodyPoint] { BodyPoint.allCases.filter { contains(PointSet([$0])) } }
}
