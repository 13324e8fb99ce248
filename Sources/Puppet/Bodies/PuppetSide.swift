/// The person's own left or right.
package enum PuppetSide: String, Sendable, Hashable, CaseIterable {
    case left, right

    package var other: PuppetSide { self == .left ? .right : .left }

    /// Whose turn the n-th time is, counted from 0: this side's, or each side's `alternating` from this one on.
    func taking(turns alternating: Bool) -> (Int) -> PuppetSide? {
        { alternating && $0 % 2 == 1 ? other : self }
    }

    /// 1 on the left, where x grows, and -1 on the right.
    var sign: Float { self == .left ? 1 : -1 }
}

/// One value for each side of the body.
struct Sided<Value> {
    var left: Value
    var right: Value

    init(_ left: Value, _ right: Value) {
        self.left = left
        self.right = right
    }

    init(_ both: Value) { self.init(both, both) }

    subscript(side: PuppetSide) -> Value {
        get { side == .left ? left : right }
        set { if side == .left { left = newValue } else { right = newValue } }
    }

    var swapped: Sided { Sided(right, left) }

    func map<Other>(_ transform: (PuppetSide, Value) -> Other) -> Sided<Other> {
        Sided<Other>(transform(.left, left), transform(.right, right))
    }
}

extension Sided: Sendable where Value: Sendable {}
extension Sided: Equatable where Value: Equatable {}
