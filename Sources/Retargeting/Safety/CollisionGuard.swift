import Robots

/// Keeps links of a robot apart: a step of an arm is admitted only if it, and braking of all arms after it, stays clear.
struct CollisionGuard: Sendable {
    private var bodies: SelfCollision?
    private let brakes: [[JointBrake]]
    private let clearance: Double
    /// The way to rest is looked at every so many ticks; what lies between is covered by the margin, metres.
    private static let interval = 3
    private static let margin = 0.004

    let touchingAtRest: [LinkPair]

    init(
        _ arms: [ArmController], _ mapping: RobotMapping, _ robot: RobotDescription, _ capsules: [LinkCapsule]
    ) {
        brakes = arms.map(\.brakes)
        clearance = mapping.clearance
        let told = mapping.capsules.compactMap { capsule in
            robot.link(named: capsule.link).map {
                LinkCapsule(link: $0, start: capsule.start, end: capsule.end, radius: capsule.radius)
            }
        }
        let links = Set(told.map(\.link))
        let all = told + capsules.filter { !links.contains($0.link) }
        guard !arms.isEmpty, !all.isEmpty else {
            bodies = nil
            touchingAtRest = []
            return
        }
        let found = SelfCollision(
            robot, capsules: all, chains: arms.map(\.chain), rest: arms.map(\.posture),
            clearance: clearance + Self.margin)
        touchingAtRest = found.touchingAtRest
        bodies = found.isEmpty ? nil : found
    }

    var isNeeded: Bool { bodies != nil }

    mutating func distance(_ postures: [[Double]]) -> Double { bodies?.distance(at: postures) ?? .infinity }

    /// Whether an arm may move so next, while the others brake.
    mutating func admits(_ next: [JointMotion], of arm: Int, among motions: [[JointMotion]]) -> Bool {
        var motions = motions
        motions[arm] = next
        let now = distance(motions.map { $0.map(\.position) })
        // Who is too near already may go away.
        let least = min(clearance + Self.margin, now - 1e-6)
        if now - way(motions) > clearance + Self.margin { return true }
        var ticks = 0
        while ticks < 4_096 {
            let isAtRest = zip(brakes, motions).allSatisfy { brakes, motions in
                zip(brakes, motions).allSatisfy { $0.isAtRest($1) }
            }
            if isAtRest || (ticks > 0 && ticks.isMultiple(of: Self.interval)) {
                guard distance(motions.map { $0.map(\.position) }) >= least else { return false }
            }
            if isAtRest { return now >= least }
            for arm in motions.indices {
                for joint in motions[arm].indices {
                    motions[arm][joint] = brakes[arm][joint].braked(motions[arm][joint])
                }
            }
            ticks += 1
        }
        return false
    }

    /// How much nearer two links can come at most until all is at rest, metres.
    private func way(_ motions: [[JointMotion]]) -> Double {
        guard let bodies else { return 0 }
        return motions.indices.reduce(0) { sum, arm in
            let changes = zip(brakes[arm], motions[arm]).map { brake, motion in
                brake.restingPosition(motion) - motion.position
            }
            // Two links of one arm may both move.
            return sum + 2 * bodies.reach(of: arm, moving: changes)
        }
    }
}
