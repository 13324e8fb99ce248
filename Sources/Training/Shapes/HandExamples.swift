package import Randomness
package import Shapes

/// Hands to train the network for hand shapes on: recorded ones, changed a little each time, and made ones.
///
/// Shapes are learnt in any turn that keeps their meaning, and mirrored, since the back of a hand shows the same shape;
/// only the two sides of a fist and what points up or down keep theirs. What is none of the shapes is made: fingers bent
/// half, patterns of fingers that no shape has, hands seen end on, and blends of two shapes.
package struct HandExamples: Sendable {
    /// A recorded hand.
    package struct Recorded: Sendable {
        /// 21 places of a right hand, y down.
        package let places: [SIMD2<Float>]
        /// One bit a class that would be right.
        package let allowed: UInt64

        package init(places: [SIMD2<Float>], allowed: UInt64) {
            self.places = places
            self.allowed = allowed
        }
    }

    package var recorded: [Recorded]
    /// Made examples an epoch, of each kind.
    package var made = 2500
    private let shapes: [Recorded]
    private static let none = HandShape.allCases.count

    package init(recorded: [Recorded]) {
        self.recorded = recorded
        shapes = recorded.filter { Self.shape(of: $0.allowed) != nil }
    }

    /// The bits of some shapes; those of `none` where there are none.
    package static func bits(_ shapes: [HandShape]) -> UInt64 {
        guard !shapes.isEmpty else { return 1 << UInt64(none) }
        return shapes.reduce(0) { $0 | 1 << UInt64(HandShape.allCases.firstIndex(of: $1) ?? 0) }
    }

    /// The examples of an epoch.
    package func epoch(using random: inout SplitMix64) -> [ShapeExample] {
        var examples: [ShapeExample] = []
        for hand in recorded {
            let shape = Self.shape(of: hand.allowed)
            let turn: Float = shape.map(Self.turn) ?? (hand.allowed == Self.bits([]) ? 60 : 15)
            add(hand.places, hand.allowed, turn, mirrors: shape.map(Self.mirrors) ?? true, to: &examples, &random)
        }
        for _ in 0..<made {
            add(Self.nothing(using: &random), Self.bits([]), 60, mirrors: true, to: &examples, &random)
            let (places, shape) = Self.made(using: &random)
            add(places, Self.bits([shape]), 0, mirrors: true, to: &examples, &random)
            if let places = blend(using: &random) {
                add(places, Self.bits([]), 60, mirrors: true, to: &examples, &random)
            }
        }
        return examples
    }

    /// Hands that are none of the shapes.
    package static func nothing(using random: inout SplitMix64) -> [SIMD2<Float>] {
        while true {
            let isFree = random.chance(0.4)
            var bends: [Float] = []
            let share = random.uniform(0.2...0.7)
            for _ in 0..<5 {
                let clear = (random.chance(0.5) ? 0.92 : 0) + 0.04 * random.normal()
                let half = random.chance(share) ? random.uniform(0.3...0.62) : clear
                bends.append(min(1, max(0, isFree ? random.unit() : half)))
            }
            let half = bends[1...].count { (0.3...0.62).contains($0) }
            let pattern = bends[1...].reduce(0) { $0 << 1 | ($1 < 0.3 ? 1 : 0) }
            // The ring finger alone or with one other, or the little finger while the thumb is folded.
            let isOdd = half == 0 && ([2, 6, 5, 10].contains(pattern) || (pattern == 1 && bends[0] > 0.6))
            guard half >= 2 || isOdd || (half == 1 && random.chance(0.5)) else { continue }
            let hand = KinematicHand(bends: bends, spreads: (0..<5).map { _ in 0.08 * random.normal() })
            let roll = 0.55 * random.normal() + (random.chance(0.25) ? (random.chance(0.5) ? 1.3 : -1.3) : 0)
            let tilt = 0.5 * random.normal() + (random.chance(0.15) ? (random.chance(0.5) ? 1.1 : -1.1) : 0)
            return KinematicHand.view(
                hand.joints(using: &random), roll: roll, tilt: tilt, turn: 0.7 * random.normal())
        }
    }

    /// Halfway between two shapes that differ much.
    private func blend(using random: inout SplitMix64) -> [SIMD2<Float>]? {
        guard let one = shapes.randomElement(using: &random), let other = shapes.randomElement(using: &random),
            one.allowed != other.allowed
        else { return nil }
        let (a, b) = (Self.normalised(one.places), Self.normalised(other.places))
        let farthest = zip(a, b).map { (($0 - $1) * ($0 - $1)).sum() }.max() ?? 0
        guard farthest > 1 else { return nil }
        let share = random.uniform(0.38...0.62)
        return zip(a, b).map { $0 * share + $1 * (1 - share) }
    }

    private func add(
        _ places: [SIMD2<Float>], _ allowed: UInt64, _ turn: Float, mirrors: Bool, to examples: inout [ShapeExample],
        _ random: inout SplitMix64
    ) {
        let places = Self.changed(places, turn: turn, mirrors: mirrors, using: &random)
        var features = [Float](repeating: 0, count: HandFeatures.count)
        if HandFeatures.write(places, into: &features) {
            examples.append(ShapeExample(features: features, allowed: allowed))
        }
    }

    private static func shape(of allowed: UInt64) -> HandShape? {
        guard allowed.nonzeroBitCount == 1, allowed.trailingZeroBitCount < none else { return nil }
        return HandShape.allCases[allowed.trailingZeroBitCount]
    }
}
