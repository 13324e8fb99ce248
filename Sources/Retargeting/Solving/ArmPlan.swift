import Robots

/// The posture an arm is to be in for its target, and the branch it is in.
///
/// The posture goes on from the one before, so it stays in its branch; where that comes to an end (a joint's range), the
/// other branches are tried one a tick, and one that is clearly better for some time is taken.
struct ArmPlan: Sendable {
    /// Posture to go to, shape (joints).
    private(set) var goal: [Double]
    /// How far the goal misses the target, as `ArmTask.worstError`.
    private(set) var miss = 0.0
    /// Whether the person reaches further than the arm can.
    private(set) var isBeyondReach = false
    /// Whether there is something new to go after.
    var isStale = false
    /// Whether nothing is known of where the person is yet.
    var isFresh = true

    private var task: ArmTask
    private var search: PostureSearch
    private let branches: ArmBranches
    private let bounds: [JointBounds]
    private let settings: ArmSettings
    private var candidates: [[Double]] = []
    private var better: (posture: [Double], miss: Double, count: Int)?

    /// A branch has to be better by so much, and so often, to be taken.
    private static let advantage = 0.05
    private static let patience = 6

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
        isBeyondReach = false
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

    /// Goes on to a target; a little work each tick.
    mutating func advance(to target: ArmTarget, from motions: [JointMotion]) {
        if isFresh {
            isFresh = false
            isStale = false
            begin(target, motions)
        } else if isStale {
            isStale = false
            miss = search.refine(&goal, towards: target, with: &task, steps: 2)
            if miss > settings.unreachable / 2, candidates.isEmpty { candidates = branches.postures(near: target) }
        } else if var candidate = candidates.popLast() {
            let miss = search.refine(&candidate, towards: target, with: &task, steps: 5)
            consider(candidate, miss)
        }
    }

    private mutating func consider(_ candidate: [Double], _ miss: Double) {
        guard miss < self.miss - Self.advantage else { return }
        let count = (better?.count ?? 0) + 1
        better = (candidate, miss, count)
        if count >= Self.patience {
            goal = candidate
            self.miss = miss
            better = nil
            candidates = []
        }
    }

    /// Chooses the branch that reaches the target, is not at the end of its ranges and not far away.
    private mutating func begin(_ target: ArmTarget, _ motions: [JointMotion]) {
        var best = Double.infinity
        better = nil
        candidates = []
        for candidate in branches.postures(near: target) + [motions.map(\.position)] {
            var posture = candidate
            let miss = search.refine(&posture, towards: target, with: &task, steps: 12)
            let cost = 4 * miss + strain(of: posture) + distance(to: posture, from: motions)
            if cost < best {
                best = cost
                goal = posture
                self.miss = miss
            }
        }
    }

    /// How near to the ends of its ranges a posture is: nought in the middle, 1 for each joint at an end.
    private func strain(of posture: [Double]) -> Double {
        zip(posture, bounds).reduce(0) { sum, joint in
            let (position, bounds) = joint
            guard bounds.lower.isFinite, bounds.upper.isFinite else { return sum }
            let share = abs(2 * (position - bounds.middle) / (bounds.upper - bounds.lower))
            return sum + share * share * share * share
        }
    }

    /// Seconds at full speed, a tenth of them.
    private func distance(to posture: [Double], from motions: [JointMotion]) -> Double {
        zip(zip(posture, motions), bounds).reduce(0) {
            max($0, 0.1 * abs($1.0.0 - $1.0.1.position) / $1.1.velocity)
        }
    }
}
