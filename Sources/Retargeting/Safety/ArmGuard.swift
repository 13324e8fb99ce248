import Robots

/// Where an arm may be: a step is admitted only if it, and braking after it, stay inside the fence.
struct ArmGuard: Sendable {
    private let chain: KinematicChain
    private let points: [KinematicChain.Point]
    private let fence: RobotMapping.Fence?
    /// The way to rest is looked at every so many ticks; what lies between is covered by the margin, metres.
    private static let interval = 3
    private static let margin = 0.005

    init(
        chain: KinematicChain, points: [KinematicChain.Point], fence: RobotMapping.Fence?, rest: [Double]
    ) throws(RetargetingError) {
        self.chain = chain
        self.points = points
        self.fence = fence
        guard isInside(rest) else { throw RetargetingError("the posture at rest lies outside the fence") }
    }

    func admits(_ motions: [JointMotion], _ brakes: [JointBrake]) -> Bool {
        guard fence != nil else { return true }
        var motions = motions
        var ticks = 0
        while true {
            let isAtRest = zip(brakes, motions).allSatisfy { $0.isAtRest($1) }
            if isAtRest || ticks.isMultiple(of: Self.interval) {
                guard isInside(motions.map(\.position)) else { return false }
            }
            if isAtRest || ticks > 4_096 { return isAtRest }
            for joint in motions.indices { motions[joint] = brakes[joint].braked(motions[joint]) }
            ticks += 1
        }
    }

    private func isInside(_ posture: [Double]) -> Bool {
        guard let fence else { return true }
        let placements = chain.placements(at: posture)
        return points.allSatisfy { point in
            let place = chain.place(of: point, placements)
            return all(place .>= fence.lowest + Self.margin) && all(place .<= fence.highest - Self.margin)
        }
    }
}
