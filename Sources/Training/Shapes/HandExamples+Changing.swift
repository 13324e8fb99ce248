package import Randomness
package import Shapes

extension HandExamples {
    /// How far a shape may be turned in the picture and keep its meaning, in degrees.
    static func turn(_ shape: HandShape) -> Float {
        switch shape {
        case .point: 100
        case .three, .four, .openPalm, .six, .seven, .eight, .nine, .rock, .ok, .iLoveYou, .vulcan, .lShape, .fistFront,
            .fistBack, .middleFinger, .zero, .beak:
            60
        case .call, .drink, .handshake, .scissors, .shaka, .stop, .thumbDown, .thumbUp, .victory: 20
        }
    }

    /// Whether the mirrored hand shows the same shape.
    static func mirrors(_ shape: HandShape) -> Bool { shape != .fistFront && shape != .fistBack }

    static func normalised(_ places: [SIMD2<Float>]) -> [SIMD2<Float>] {
        let mean = places.reduce(.zero, +) / Float(places.count)
        let spread = places.reduce(0) { $0 + (($1 - mean) * ($1 - mean)).sum() } / Float(places.count)
        let size = spread.squareRoot() + 1e-6
        return places.map { ($0 - mean) / size }
    }

    /// The hand turned, tilted, mirrored, its fingers moved a little, with the unrest of a network's joints.
    static func changed(
        _ places: [SIMD2<Float>], turn: Float, mirrors: Bool, using random: inout SplitMix64
    ) -> [SIMD2<Float>] {
        let spin = PlaneTurn.turn(random.uniform(-1...1) * turn * .pi / 180)
        let squeeze = PlaneTurn.squeeze(
            random.chance(0.4) ? 1 : random.uniform(0.5...1), along: random.uniform(0...Float.pi))
        let unrest = 0.02 + 0.06 * random.unit() * random.unit()
        let mirror: Float = mirrors && random.chance(0.4) ? -1 : 1
        var points = normalised(places).map {
            spin(squeeze($0)) + SIMD2(random.normal(), random.normal()) * unrest
        }
        for finger in 0..<5 {
            let (bend, length) = (PlaneTurn.turn(0.1 * random.normal()), 1 + 0.08 * random.normal())
            let base = points[4 * finger + 1]
            for joint in 2...4 {
                points[4 * finger + joint] = base + bend(points[4 * finger + joint] - base) * length
            }
        }
        return points.map { SIMD2($0.x * mirror, $0.y) }
    }

    /// Shapes that bent fingers tell: bends thumb first, the turn in the picture and how far it may differ, in degrees.
    private static let bent: [(shape: HandShape, bends: [Float], turn: Float, range: Float)] = [
        (.call, [0, 1, 1, 1, 0], 90, 25), (.shaka, [0, 1, 1, 1, 0], 20, 25), (.rock, [0.8, 0, 1, 1, 0], 0, 50),
        (.four, [0.9, 0, 0, 0, 0], 0, 50), (.openPalm, [0, 0, 0, 0, 0], 0, 50), (.point, [0.9, 0, 1, 1, 1], 0, 80),
        (.victory, [0.9, 0, 0, 1, 1], 0, 35), (.three, [0, 0, 0, 1, 1], 0, 45), (.iLoveYou, [0, 0, 1, 1, 0], 0, 50),
        (.lShape, [0, 0, 1, 1, 1], 0, 40), (.thumbUp, [0, 1, 1, 1, 1], 90, 25), (.thumbDown, [0, 1, 1, 1, 1], -90, 25),
        (.six, [1, 0, 0, 0, 0.75], 0, 35), (.middleFinger, [0.8, 1, 0, 1, 1], 0, 40),
    ]

    /// A made hand in a shape, from somewhere about the front.
    package static func made(using random: inout SplitMix64) -> (places: [SIMD2<Float>], shape: HandShape) {
        let kind = bent[Int(random.next() % UInt64(bent.count))]
        var hand = KinematicHand(bends: kind.bends.map { min(1, max(0, $0 + 0.05 * random.normal())) })
        if kind.shape == .victory { hand.spreads = [0, 0.1, -0.12, 0, 0] }
        let turn = (kind.turn + random.uniform(-1...1) * kind.range) * .pi / 180
        let places = KinematicHand.view(
            hand.joints(using: &random), roll: 0.5 * random.normal(), tilt: 0.45 * random.normal(), turn: turn)
        return (places, kind.shape)
    }
}
