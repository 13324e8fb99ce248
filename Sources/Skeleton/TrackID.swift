/// Names one person of one camera over time; never given twice by the same camera in the same run.
package struct TrackID: Sendable, Hashable, Comparable, CustomStringConvertible {
    package let value: Int

    package init(_ value: Int) { self.value = value }

    package static func < (a: Self, b: Self) -> Bool { a.value < b.value }

    package var description: String { "\(value)" }
}
