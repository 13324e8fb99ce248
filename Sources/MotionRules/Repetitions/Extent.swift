/// The least and greatest value that something had.
struct Extent: Sendable {
    private(set) var least = Float.infinity
    private(set) var greatest = -Float.infinity

    var isKnown: Bool { least <= greatest }

    /// How far it moved; 0 while unknown.
    var width: Float { isKnown ? greatest - least : 0 }

    mutating func include(_ value: Float) {
        least = min(least, value)
        greatest = max(greatest, value)
    }

    mutating func include(_ other: Extent) {
        least = min(least, other.least)
        greatest = max(greatest, other.greatest)
    }
}
