/// How the numbers of an input belong together, and so what makes two inputs near each other.
///
/// An input is some moments in order, each with the same groups of numbers. How near two inputs are is a sum over their
/// moments and over `terms`: a body that does the same with one arm, or for a while, is near to some degree whatever the
/// rest of it does.
package struct KernelLayout: Sendable, Equatable {
    /// One group, or two at once: what is near in both of them.
    package struct Term: Sendable, Equatable {
        package let group: Int
        package let other: Int?
        package let weight: Float

        package init(_ group: Int, and other: Int? = nil, weight: Float) {
            self.group = group
            self.other = other
            self.weight = weight
        }
    }

    package let moments: Int
    /// Of each kind of numbers the sizes of its groups: groups of a kind are measured in one unit.
    package let kinds: [[Int]]
    /// Groups are counted through all kinds.
    package let terms: [Term]

    package init(moments: Int, kinds: [[Int]], terms: [Term]) {
        let groups = 0..<kinds.reduce(0) { $0 + $1.count }
        precondition(moments > 0 && kinds.allSatisfy { !$0.isEmpty && $0.allSatisfy { $0 > 0 } }, "groups of numbers")
        precondition(
            terms.allSatisfy { groups.contains($0.group) && $0.other.map(groups.contains) != false },
            "terms of groups that there are")
        self.moments = moments
        self.kinds = kinds
        self.terms = terms
    }

    /// Inputs of some numbers that are near or far as a whole.
    package init(features: Int) {
        self.init(moments: 1, kinds: [[features]], terms: [Term(0, weight: 1)])
    }

    /// Numbers that a moment has.
    package var width: Int { kinds.reduce(0) { $0 + $1.reduce(0, +) } }
    /// F: numbers that an input has.
    package var features: Int { moments * width }

    /// Each group's kind, and its numbers in a moment.
    var groups: [(kind: Int, numbers: Range<Int>)] {
        var first = 0
        return kinds.enumerated().flatMap { kind, sizes in
            sizes.map { size in
                first += size
                return (kind, first - size..<first)
            }
        }
    }

    /// Of each kind its numbers in a moment.
    var ranges: [Range<Int>] {
        var first = 0
        return kinds.map { sizes in
            let count = sizes.reduce(0, +)
            first += count
            return first - count..<first
        }
    }

    /// Pairs of moments that are compared, and how much each counts: what comes a moment early or late is near still.
    var pairs: [(Int, Int, weight: Float)] {
        (0..<moments).flatMap { moment in
            (max(0, moment - 1)...min(moments - 1, moment + 1)).map { other in
                (moment, other, (moment == other ? 1 : Self.neighbourWeight) / Float(moments))
            }
        }
    }

    private static let neighbourWeight: Float = 0.5
}
