import Robots

/// The posture an arm is to be in for its target, and the branch it is in.
///
/// The posture goes on from the one before, so it stays in its branch. Where that comes near the end of a joint's range,
/// another branch is taken if being there and the way to it cost less; near a singular posture that way is short.
struct ArmPlan: Sendable {
    /// Posture to go to, shape (joints).
    private(set) var goal: [Double]
    /// How far the goal misses the target, as `ArmTask.worstError`.
    private(set) var miss = 0.0
    /// Whether there is something new to go after.
    var isStale = false
    /// Whether nothing is known of where the person is yet.
    var isFresh = true

    private var task: ArmTask
    private var search: PostureSearch
    private let branches: ArmBranches
    private let bounds: [JointBounds]
    private let settings: ArmSettings
    /// For how many frames another branch has been better.
    private var frames = 0

    /// A branch has to be better by so many radian seconds, and for so many frames, to be taken.
    private static let advantage = 0.02
    private static let patience = 2
    /// What it costs to be caught at the end of a range, radian seconds.
    private static let dread = 2.0

    init(task: ArmTask, bounds: [JointBounds], rest: [Double], settings: ArmSettings) {
        self.task = task
        self.bounds = bounds
        self.settings = settings
        goal = rest
        search = PostureSearch(bounds: bounds, rest: rest, margin: settings.margin)
        branches = ArmBranches(bounds: bounds, rest: rest, task: task)
    }

    var mode: RobotMapping.Mode { task.mode }
    var reach: Double { task.reach }

    /// What the arm is to do, from what was seen.
    mutating func target(from seen: (vectors: [Vector3], rates: [Vector3])) -> ArmTarget {
        var target = ArmTarget(vectors: seen.vectors, rates: seen.rates)
        for index in target.vectors.indices {
            let vector = target.vectors[index]
            let length = vector.length
            switch mode {
            case .armDirections:
                guard length > 1e-6 else { continue }
                let direction = vector / length
                target.vectors[index] = direction
                let rate = target.rates[index] / length
                target.rates[index] = rate - direction * dot(direction, rate)
            case .wristVector:
                guard length > Self.longest else { continue }
                target.vectors[index] = vector * (Self.longest / length)
                target.rates[index] -= vector * (dot(vector, target.rates[index]) / (length * length))
            }
        }
        return target
    }

    /// A stretched arm is stretched no further, as a share of the reach.
    private static let longest = 0.985

    /// Goes on to a target.
    mutating func advance(to target: ArmTarget, from motions: [JointMotion]) {
        guard isStale else { return }
        isStale = false
        if isFresh {
            isFresh = false
            begin(target, motions)
        } else {
            miss = search.refine(&goal, towards: target, with: &task, steps: 2)
            if branches.isExact || miss > settings.unreachable / 2 { change(target, motions) }
        }
    }

    /// Changes to another branch where that is clearly better, the way there included, for some frames.
    private mutating func change(_ target: ArmTarget, _ motions: [JointMotion]) {
        var best: (posture: [Double], cost: Double)?
        for posture in branches.postures(near: target) where isOther(posture) {
            let cost = cost(posture, target) + way(to: posture, target, motions)
            if cost < best?.cost ?? .infinity { best = (posture, cost) }
        }
        guard var (posture, _) = best else { return wait(0) }
        let missed = search.refine(&posture, towards: target, with: &task, steps: 5)
        let cost = missed + Self.dread * danger(of: posture) + way(to: posture, target, motions)
        guard cost + Self.advantage < miss + Self.dread * danger(of: goal) else { return wait(0) }
        wait(frames + 1)
        guard frames >= Self.patience else { return }
        (goal, miss) = (posture, missed)
        wait(0)
    }

    private mutating func wait(_ count: Int) { frames = count }

    private func isOther(_ posture: [Double]) -> Bool { zip(posture, goal).contains { abs($0 - $1) > 0.5 } }

    /// Chooses the branch that reaches the target, is not at the end of its ranges and not far away.
    private mutating func begin(_ target: ArmTarget, _ motions: [JointMotion]) {
        var best = Double.infinity
        frames = 0
        for var posture in branches.postures(near: target) + [motions.map(\.position)] {
            let missed = search.refine(&posture, towards: target, with: &task, steps: 12)
            let cost = 4 * missed + danger(of: posture) + 0.1 * duration(to: posture, motions)
            if cost < best { (best, goal, miss) = (cost, posture, missed) }
        }
    }

    /// What a posture costs in the next second, radian seconds.
    private mutating func cost(_ posture: [Double], _ target: ArmTarget) -> Double {
        task.update(posture)
        return task.worstError(from: target) + Self.dread * danger(of: posture)
    }

    /// What the way to a posture costs, radian seconds.
    private mutating func way(to posture: [Double], _ target: ArmTarget, _ motions: [JointMotion]) -> Double {
        var error = 0.0
        for share in [0.25, 0.5, 0.75] {
            task.update(zip(posture, motions).map { $1.position + share * ($0 - $1.position) })
            error += task.worstError(from: target) / 3
        }
        return error * duration(to: posture, motions)
    }

    /// How likely a posture is to come to the end of a range soon: nought in the middle, 1 at an end.
    private func danger(of posture: [Double]) -> Double {
        var danger = 0.0
        for (position, bounds) in zip(posture, bounds) where bounds.lower.isFinite && bounds.upper.isFinite {
            let share = abs(2 * (position - bounds.middle) / (bounds.upper - bounds.lower))
            danger = max(danger, share * share)
        }
        return danger
    }

    /// Seconds to a posture at full speed.
    private func duration(to posture: [Double], _ motions: [JointMotion]) -> Double {
        var longest = 0.0
        for joint in bounds.indices {
            longest = max(longest, abs(posture[joint] - motions[joint].position) / bounds[joint].velocity)
        }
        return longest
    }
}
