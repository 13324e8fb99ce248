import Foundation
package import Randomness
package import Shapes

/// Bodies to train the network for body signals on: recorded ones, changed a little each time, and others that give no
/// signal: people in ordinary motion seen from anywhere, arms held anywhere, and blends of two postures.
package struct BodyExamples: Sendable {
    /// A recorded body.
    package struct Recorded: Sendable {
        /// One place a joint of `BodyFeatures.joints`, y down; nil where one was not seen.
        package let places: [SIMD2<Float>?]
        package let signal: BodySignal

        package init(places: [SIMD2<Float>?], signal: BodySignal) {
            self.places = places
            self.signal = signal
        }
    }

    package var recorded: [Recorded]
    /// Bodies in ordinary motion: one point a joint, in metres, y up.
    package var ordinary: [[SIMD3<Float>]]
    /// How many of each kind that give no signal an epoch has.
    package var others = (ordinary: 7000, arms: 3000, blends: 1500)
    private let complete: [Recorded]
    private let upright: [Recorded]
    private static let none = BodySignal.allCases.count

    package init(recorded: [Recorded], ordinary: [[SIMD3<Float>]]) {
        self.recorded = recorded
        self.ordinary = ordinary
        complete = recorded.filter { !$0.places.contains { $0 == nil } }
        upright = complete.filter { [.stand, .tPose, .trafficLeftTurn, .leftArmRaised].contains($0.signal) }
    }

    /// The examples of an epoch.
    package func epoch(using random: inout SplitMix64) -> [ShapeExample] {
        var examples: [ShapeExample] = []
        for body in recorded { add(body.places, body.signal, to: &examples, &random) }
        for _ in 0..<(ordinary.isEmpty ? 0 : others.ordinary) {
            let body = ordinary[Int(random.next() % UInt64(ordinary.count))]
            add(Self.view(body, using: &random), nil, to: &examples, &random)
        }
        for _ in 0..<others.arms {
            if let places = arms(using: &random) { add(places, nil, to: &examples, &random) }
        }
        for _ in 0..<others.blends {
            if let places = blend(using: &random) { add(places, nil, to: &examples, &random) }
        }
        return examples
    }

    /// A body seen from somewhere, at eye level or a little above or below.
    package static func view(_ body: [SIMD3<Float>], using random: inout SplitMix64) -> [SIMD2<Float>?] {
        let middle = (body[7] + body[8]) / 2
        let (azimuth, tilt) = (Double(random.uniform(-Float.pi...Float.pi)), Double(0.25 * random.normal()))
        let (ca, sa, ct, st) = (Float(cos(azimuth)), Float(sin(azimuth)), Float(cos(tilt)), Float(sin(tilt)))
        return body.map { point in
            let offset = point - middle
            let (x, z) = (offset.x * ca + offset.z * sa, offset.z * ca - offset.x * sa)
            let depth = (z + 4) / 4
            return SIMD2(x / depth, -(offset.y * ct - z * st) / depth)
        }
    }

    /// A standing body whose arms are somewhere between the signals.
    private func arms(using random: inout SplitMix64) -> [SIMD2<Float>?]? {
        guard let body = upright.randomElement(using: &random) else { return nil }
        var places = body.places.compactMap(\.self)
        let trunk = BodyExamples.trunk(places)
        var isOdd = false
        for (shoulder, side) in [(1, Float(1)), (2, -1)] {
            let up = random.uniform(0...Float.pi)
            let fold = random.uniform(-1.9...1.9)
            let shortening = random.chance(0.4) ? random.uniform(0.3...0.9) : 1
            let upper = PlaneTurn.turn(-side * up)(SIMD2(0, 0.56)) * trunk * shortening
            let lower = PlaneTurn.turn(-side * (up + fold))(SIMD2(0, 0.5)) * trunk * shortening
            places[shoulder + 2] = places[shoulder] + upper
            places[shoulder + 4] = places[shoulder + 2] + lower
            let fromLevel = abs(up - .pi / 2)
            let isStraight = abs(fold) < 0.5
            let isSignal =
                (up < 0.5 && isStraight) || up > 2.2 || (fromLevel < 0.6 && (isStraight || fold > 0.9))
            if !isSignal, fromLevel < 1.15 { isOdd = true }
        }
        return isOdd ? places : nil
    }

    /// Halfway between two postures that differ much.
    private func blend(using random: inout SplitMix64) -> [SIMD2<Float>?]? {
        guard let one = complete.randomElement(using: &random), let other = complete.randomElement(using: &random),
            one.signal != other.signal
        else { return nil }
        let (a, b) = (Self.normalised(one.places), Self.normalised(other.places))
        let farthest = zip(a, b).map { pair in pair.0.flatMap { p in pair.1.map { (($0 - p) * ($0 - p)).sum() } } ?? 0 }
        guard (farthest.max() ?? 0) > 0.8 else { return nil }
        let share = random.uniform(0.4...0.6)
        return zip(a, b).map { pair in pair.0.flatMap { p in pair.1.map { p * share + $0 * (1 - share) } } }
    }

    private func add(
        _ places: [SIMD2<Float>?], _ signal: BodySignal?, to examples: inout [ShapeExample], _ random: inout SplitMix64
    ) {
        let (places, signal) = Self.changed(places, signal, using: &random)
        var features = [Float](repeating: 0, count: BodyFeatures.count)
        guard BodyFeatures.write(places, into: &features) else { return }
        let index = signal.flatMap { BodySignal.allCases.firstIndex(of: $0) } ?? Self.none
        examples.append(ShapeExample(features: features, allowed: 1 << UInt64(index)))
    }
}
