/// Where a hand can go, as the body has it: left and right are the person's own.
package enum MoveDirection: String, Sendable, Hashable, CaseIterable {
    case left, right, up, down, forward, backward
    /// Away from the body's middle, and towards or across it.
    case outward, inward

    /// The same for the other side of the body, where the word itself stays.
    func share(of way: SIMD3<Float>, isLeft: Bool) -> (along: Float, across: Float) {
        let outward = isLeft ? way.x : -way.x
        let along: Float =
            switch self {
            case .left: way.x
            case .right: -way.x
            case .up: way.y
            case .down: -way.y
            case .forward: way.z
            case .backward: -way.z
            case .outward: outward
            case .inward: -outward
            }
        let across: Float =
            switch self {
            case .left, .right, .outward, .inward: abs(way.y)
            case .up, .down: abs(way.x)
            // Depth is the least certain, and an arm that stretches goes up or down too.
            case .forward, .backward: 0.6 * (way.x * way.x + way.y * way.y).squareRoot()
            }
        return (along, across)
    }
}
