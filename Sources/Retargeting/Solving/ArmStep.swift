import Robots

/// The next motion of an arm's joints: the least squares of following the target, being drawn to the goal and being
/// slow, in the box of velocities from which every joint can still brake.
struct ArmStep: Sendable {
    /// Whether a bound kept a joint from what it would have done at the last step.
    private(set) var isBound = false

    private var task: ArmTask
    private let brakes: [JointBrake]
    private let settings: ArmSettings
    private var problem: BoxQuadratic
    private var hessian: [Double]
    private var gradient: [Double]
    private var lower: [Double]
    private var upper: [Double]
    private var velocity: [Double]

    init(task: ArmTask, brakes: [JointBrake], settings: ArmSettings) {
        let count = brakes.count
        self.task = task
        self.brakes = brakes
        self.settings = settings
        problem = BoxQuadratic(count: count)
        hessian = Array(repeating: 0, count: count * count)
        gradient = Array(repeating: 0, count: count)
        lower = gradient
        upper = gradient
        velocity = gradient
    }

    /// - Parameters:
    ///   - goal: posture to be drawn to, shape (joints).
    ///   - speed: share of the velocity bounds that is used, 0…1.
    mutating func next(
        _ motions: [JointMotion], target: ArmTarget, goal: [Double], speed: Double
    ) -> [JointMotion] {
        setProblem(motions, target, goal)
        let tick = settings.tick
        for i in brakes.indices {
            let allowed = brakes[i].allowed(motions[i])
            let range = (
                motions[i].velocity + allowed.lowerBound * tick, motions[i].velocity + allowed.upperBound * tick
            )
            let limit = brakes[i].bounds.velocity * speed
            lower[i] = min(max(range.0, -limit), range.1)
            upper[i] = max(min(range.1, limit), range.0)
            velocity[i] = motions[i].velocity
        }
        problem.minimize(hessian, gradient, lower: lower, upper: upper, &velocity)
        isBound = brakes.indices.contains { velocity[$0] <= lower[$0] || velocity[$0] >= upper[$0] }
        return brakes.indices.map { i in
            let next = motions[i].stepped(acceleration: (velocity[i] - motions[i].velocity) / tick, by: tick)
            return brakes[i].stopsInside(next) ? next : brakes[i].braked(motions[i])
        }
    }

    /// The error of each vector once the arm is there.
    mutating func errors(_ motions: [JointMotion], _ target: ArmTarget) -> [Double] {
        task.update(motions.map(\.position))
        return target.vectors.indices.map { task.error($0, from: target.vectors[$0]) }
    }

    private mutating func setProblem(_ motions: [JointMotion], _ target: ArmTarget, _ goal: [Double]) {
        task.update(motions.map(\.position))
        let count = brakes.count
        for i in 0..<count {
            let wanted = settings.postureGain * (goal[i] - motions[i].position)
            gradient[i] = -settings.posturePull * wanted
            for k in 0..<count { hessian[i * count + k] = i == k ? settings.posturePull + settings.damping : 0 }
        }
        for v in 0..<task.count {
            let wanted = settings.gain * (target.vectors[v] - task.vectors[v]) + settings.lead * target.rates[v]
            for i in 0..<count {
                let row = task.jacobian[v * count + i]
                gradient[i] -= dot(row, wanted)
                for k in 0...i {
                    let product = dot(row, task.jacobian[v * count + k])
                    hessian[i * count + k] += product
                    if k != i { hessian[k * count + i] += product }
                }
            }
        }
    }
}
