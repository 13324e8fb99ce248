import Foundation
import Robots

/// Postures of an arm that come near a target, one of each branch: elbow in or out, shoulder turned one way or the other.
///
/// Four joints that turn the upper arm (two) and the forearm (two) are aligned in closed form, each pair by the second
/// subproblem of Paden (1986), as SEW-Mimic (2026) does; that gives at most four. For other arms the nearest of many
/// postures, drawn once, take their place.
struct ArmBranches: Sendable {
    /// The four joints that set the directions, and the chain's axes and vectors at posture nought.
    private struct Alignment: Sendable {
        var joints: [Int]
        var axes: [Vector3]
        /// From shoulder to elbow before the third joint turns it, and from elbow to wrist.
        var upperArm: Vector3
        var forearm: Vector3
    }

    private let alignment: Alignment?
    private let rest: [Double]
    private let bounds: [JointBounds]
    /// Drawn postures, one after the other, and the vectors they give.
    private var postures: [[Double]] = []
    private var vectors: [[Vector3]] = []
    /// How many branches there are at most.
    static let most = 4
    private static let drawn = 2_048

    /// - Parameters:
    ///   - bounds: of shape (joints), as `rest`.
    ///   - task: of the arm.
    init(bounds: [JointBounds], rest: [Double], task: ArmTask) {
        self.bounds = bounds
        self.rest = rest
        alignment = Self.alignment(of: task, rest, bounds)
        guard alignment == nil else { return }
        var task = task
        // Places of a lattice that fills the box evenly: powers of the root of x^(d+1) = x + 1 (Roberts 2018).
        var root = 2.0
        for _ in 0..<64 { root = pow(1 + root, 1 / Double(bounds.count + 1)) }
        for index in 1...Self.drawn {
            let posture = bounds.enumerated().map { joint, bounds in
                let share = (0.5 + Double(index) / pow(root, Double(joint + 1))).truncatingRemainder(dividingBy: 1)
                let (low, high) = (max(bounds.lower, -.pi), min(bounds.upper, .pi))
                return low + (high - low) * share
            }
            task.update(posture)
            postures.append(posture)
            vectors.append(task.vectors)
        }
    }

    /// Whether they come in closed form, quickly.
    var isExact: Bool { alignment != nil }

    /// Postures near the target, at most `most`, of shape (branches, joints).
    func postures(near target: ArmTarget) -> [[Double]] {
        guard let alignment else { return nearest(target) }
        return [(1.0, 1.0), (1.0, -1.0), (-1.0, 1.0), (-1.0, -1.0)].map { signs in
            align(alignment, target, first: signs.0, second: signs.1)
        }
    }

    private func nearest(_ target: ArmTarget) -> [[Double]] {
        var distances = vectors.indices.map { index in
            zip(vectors[index], target.vectors).reduce(0) { $0 + dot($1.0 - $1.1, $1.0 - $1.1) }
        }
        var found: [[Double]] = []
        var enough = Double.infinity
        // Those that look alike would end in the same branch.
        while found.count < Self.most, let best = distances.indices.min(by: { distances[$0] < distances[$1] }),
            distances[best] < enough
        {
            if found.isEmpty { enough = max(0.02, 4 * distances[best]) }
            distances[best] = .infinity
            let isNew = found.allSatisfy { other in zip(other, postures[best]).contains { abs($0 - $1) > 0.8 } }
            if isNew { found.append(postures[best]) }
        }
        return found
    }

    private static func alignment(of task: ArmTask, _ rest: [Double], _ bounds: [JointBounds]) -> Alignment? {
        guard task.mode == .armDirections else { return nil }
        var task = task
        var moving: Set<Int> = []
        for shift in [0.3, -0.4, 0.7] {
            task.update(rest.indices.map { bounds[$0].clamping(rest[$0] + shift * ($0.isMultiple(of: 2) ? 1 : -0.7)) })
            for joint in rest.indices {
                for v in 0..<2 where task.jacobian[v * rest.count + joint].length > 1e-4 { moving.insert(joint) }
            }
        }
        let joints = moving.sorted()
        guard joints.count == 4, joints.allSatisfy({ !task.chain.joints[$0].isPrismatic }) else { return nil }
        var nought = rest
        for joint in joints { nought[joint] = 0 }
        task.update(nought)
        return Alignment(
            joints: joints, axes: joints.map { task.chain.axis(of: $0, task.placements) },
            upperArm: task.vectors[0], forearm: task.vectors[1])
    }

    private func align(_ alignment: Alignment, _ target: ArmTarget, first: Double, second: Double) -> [Double] {
        let axes = alignment.axes
        var angles = [0.0, 0, 0, 0]
        var posture = rest
        // The third joint turns the upper arm's vector a little where the elbow lies beside its axis.
        for _ in 0..<4 {
            let upperArm = Rotation(angles[2], round: axes[2]) * alignment.upperArm
            (angles[0], angles[1]) = turns(axes[0], axes[1], from: upperArm, to: target.vectors[0], sign: first)
            let trunk = (Rotation(angles[0], round: axes[0]) * Rotation(angles[1], round: axes[1])).inverse
            (angles[2], angles[3]) = turns(
                axes[2], axes[3], from: alignment.forearm, to: trunk * target.vectors[1], sign: second)
        }
        for (joint, angle) in zip(alignment.joints, angles) {
            posture[joint] = wrapped(angle, into: bounds[joint])
        }
        return posture
    }

    /// The angle, or the same a turn away, that lies in the range; else the nearer end.
    private func wrapped(_ angle: Double, into bounds: JointBounds) -> Double {
        let turn = 2 * Double.pi
        let candidates = [angle, angle - turn, angle + turn]
        return candidates.first { $0 >= bounds.lower && $0 <= bounds.upper } ?? bounds.clamping(angle)
    }

    /// Turns round `a` and before it round `b` that bring one direction to another, or as near as can be; there are two
    /// ways, told apart by `sign`.
    private func turns(_ a: Vector3, _ b: Vector3, from: Vector3, to: Vector3, sign: Double) -> (Double, Double) {
        let cosine = dot(a, b)
        let normal = cross(a, b)
        let area = dot(normal, normal)
        guard area > 1e-9 else { return (0, turn(round: b, from: from, to: to)) }
        let alpha = (cosine * dot(b, from) - dot(a, to)) / -area
        let beta = (cosine * dot(a, to) - dot(b, from)) / -area
        let rest = 1 - alpha * alpha - beta * beta - 2 * alpha * beta * cosine
        let middle = a * alpha + b * beta + normal * (sign * (max(0, rest) / area).squareRoot())
        return (turn(round: a, from: middle, to: to), turn(round: b, from: from, to: middle))
    }

    /// The angle round an axis from one vector to another.
    private func turn(round axis: Vector3, from: Vector3, to: Vector3) -> Double {
        let u = from - axis * dot(axis, from)
        let v = to - axis * dot(axis, to)
        return atan2(dot(axis, cross(u, v)), dot(u, v))
    }
}
