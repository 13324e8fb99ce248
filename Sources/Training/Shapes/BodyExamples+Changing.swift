import Randomness
import Shapes

extension BodyExamples {
    /// The signal that the mirrored body gives; nil where that is none of them.
    private static func mirrored(_ signal: BodySignal) -> BodySignal? {
        switch signal {
        case .leftArmRaised: .rightArmRaised
        case .rightArmRaised: .leftArmRaised
        case .trafficLeftTurn: .trafficRightTurn
        case .trafficRightTurn: .trafficLeftTurn
        case .treeLeft: .treeRight
        case .treeRight: .treeLeft
        case .warriorLeft: .warriorRight
        case .warriorRight: .warriorLeft
        case .militarySalute, .trafficFrontStop, .trafficBackFrontStop, .trafficBackStop: nil
        case .plank, .pushUpLow, .seated, .squat, .stand, .tPose, .trafficAllStop, .upwardSalute: signal
        }
    }

    /// Whether arms alone tell the signal, so that legs may be out of the picture.
    private static func isOfArms(_ signal: BodySignal?) -> Bool {
        switch signal {
        case nil, .leftArmRaised, .rightArmRaised, .militarySalute, .tPose, .trafficAllStop, .trafficBackFrontStop,
            .trafficBackStop, .trafficFrontStop, .trafficLeftTurn, .trafficRightTurn, .upwardSalute:
            true
        case .plank, .pushUpLow, .seated, .squat, .stand, .treeLeft, .treeRight, .warriorLeft, .warriorRight: false
        }
    }

    /// From the middle of the hips to that of the shoulders.
    static func trunk(_ places: [SIMD2<Float>]) -> Float {
        let way = (places[1] + places[2] - places[7] - places[8]) / 2
        return (way * way).sum().squareRoot() + 1e-3
    }

    /// The body about the middle of its trunk, the trunk's length 1. Shoulders and hips must be seen.
    static func normalised(_ places: [SIMD2<Float>?]) -> [SIMD2<Float>?] {
        let known = places.map { $0 ?? .zero }
        let middle = (known[1] + known[2] + known[7] + known[8]) / 4
        let size = trunk(known)
        return places.map { place in place.map { ($0 - middle) / size } }
    }

    /// The body mirrored, seen from a little aside, of other proportions, its limbs moved a little, with the unrest of a
    /// network's joints, some of which are not seen.
    static func changed(
        _ places: [SIMD2<Float>?], _ signal: BodySignal?, using random: inout SplitMix64
    ) -> ([SIMD2<Float>?], BodySignal?) {
        guard [1, 2, 7, 8].allSatisfy({ places[$0] != nil }) else { return (places, signal) }
        var (points, signal) = (normalised(places), signal)
        let other = signal.map(mirrored) ?? nil
        if random.chance(0.5), signal == nil || other != nil {
            points = points.map { point in point.map { SIMD2(-$0.x, $0.y) } }
            for left in stride(from: 1, to: points.count, by: 2) { points.swapAt(left, left + 1) }
            signal = other
        }
        let scale = SIMD2(random.uniform(0.75...1.15), random.uniform(0.9...1.1))
        let spin = PlaneTurn.turn(random.uniform(-0.17...0.17))
        points = points.map { point in point.map { spin($0 * scale) } }
        for (root, limb) in [(1, [3, 5]), (2, [4, 6]), (7, [9, 11]), (8, [10, 12])] {
            let (length, turn) = (1 + 0.1 * random.normal(), PlaneTurn.turn(0.1 * random.normal()))
            guard let base = points[root] else { continue }
            for joint in limb { points[joint] = points[joint].map { base + turn($0 - base) * length } }
        }
        let unrest = 0.02 + 0.04 * random.unit()
        points = points.enumerated().map { index, point in
            point.map { $0 + SIMD2(random.normal(), random.normal()) * (unrest + (index == 0 ? 0.06 : 0)) }
        }
        hide(&points, isOfArms: isOfArms(signal), using: &random)
        return (points, signal)
    }

    private static func hide(_ points: inout [SIMD2<Float>?], isOfArms: Bool, using random: inout SplitMix64) {
        if isOfArms, random.chance(0.25) { for joint in 11...12 { points[joint] = nil } }
        if isOfArms, random.chance(0.15) { for joint in 9...12 { points[joint] = nil } }
        if random.chance(0.15) { points[0] = nil }
        for joint in points.indices where ![1, 2, 7, 8].contains(joint) && random.chance(0.01) { points[joint] = nil }
    }
}
