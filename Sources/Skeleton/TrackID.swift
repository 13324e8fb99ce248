/// Names one person over time within a run; counts from 1 and is never given twice.
package struct TrackID: Sendable, Hashable, Comparable, CustomStringConvertible {
    package let value: Int

    package init(_ value: Int) { self.value = value }

    package static func < (a: Self, b: Self) -> Bool { a.value < b.value }

    package var description: String { "\(value)" }
}
