import Robots

/// Finds postures whose vectors are a target's, inside the joints' ranges: damped Gauss-Newton steps, each a box problem
/// (Levenberg 1944, Marquardt 1963).
struct PostureSearch: Sendable {
    private var problem: BoxQuadratic
    private var hessian: [Double]
    private var gradient: [Double]
    private var lower: [Double]
    private var upper: [Double]
    private var step: [Double]
    private let bounds: [JointBounds]
    private let rest: [Double]
    /// Pull of what the target leaves free towards the posture at rest.
    private static let pull = 1e-4
    /// A step is at most so long in each joint, radians.
    private static let longest = 0.4

    /// - Parameters:
    ///   - bounds: of shape (joints), as `rest`.
    ///   - margin: how far from the ends of the ranges postures stay, radians.
    init(bounds: [JointBounds], rest: [Double], margin: Double) {
        let count = bounds.count
        self.bounds = bounds.map { bounds in
            var bounds = bounds
            let margin = min(margin, (bounds.upper - bounds.lower) / 4)
            bounds.lower += margin
            bounds.upper -= margin
            return bounds
        }
        self.rest = rest
        problem = BoxQuadratic(count: count)
        hessian = Array(repeating: 0, count: count * count)
        gradient = Array(repeating: 0, count: count)
        lower = gradient
        upper = gradient
        step = gradient
    }

    /// Goes on from a posture of shape (joints); gives how far the target is missed there, as `ArmTask.worstError`.
    mutating func refine(_ posture: inout [Double], towards target: ArmTarget, with task: inout ArmTask, steps: Int)
        -> Double
    {
        let count = posture.count
        for _ in 0..<steps {
            task.update(posture)
            for i in 0..<count {
                gradient[i] = Self.pull * (posture[i] - rest[i])
                lower[i] = max(bounds[i].lower - posture[i], -Self.longest)
                upper[i] = min(bounds[i].upper - posture[i], Self.longest)
                if lower[i] > upper[i] { (lower[i], upper[i]) = (min(0, upper[i]), max(0, lower[i])) }
                step[i] = 0
                for k in 0..<count { hessian[i * count + k] = i == k ? 1e-3 : 0 }
            }
            for v in 0..<task.count {
                let error = target.vectors[v] - task.vectors[v]
                for i in 0..<count {
                    let row = task.jacobian[v * count + i]
                    gradient[i] -= dot(row, error)
                    for k in 0...i {
                        let product = dot(row, task.jacobian[v * count + k])
                        hessian[i * count + k] += product
                        if k != i { hessian[k * count + i] += product }
                    }
                }
            }
            problem.minimize(hessian, gradient, lower: lower, upper: upper, &step)
            for i in 0..<count { posture[i] += step[i] }
        }
        task.update(posture)
        return task.worstError(from: target)
    }
}
