package import Robots
import Skeleton

/// Leads one arm of a robot after one arm of a person, a command every tick.
///
/// `see` takes what frames show, at any rate; `tick` gives the next command and never breaks a bound: each step is taken
/// only if braking after it stays inside position, velocity, acceleration and jerk bounds and the fence. Whatever is
/// wrong (nobody seen for too long, a joint not seen, somebody said stop) leads to braking at the next tick.
package struct ArmController: Sendable {
    /// What it is about.
    private enum State: Sendable, Equatable {
        /// It stands, or brakes, until the person is seen.
        case holding(String)
        /// It has followed since a time in seconds.
        case following(since: Double)
        /// It stands, or brakes, until it is reset.
        case stopped(String)
    }

    package let name: String
    /// Names of the joints, in the order of commands.
    package let jointNames: [String]
    package let bounds: [JointBounds]
    let chain: KinematicChain
    private let settings: ArmSettings
    private let safety: RobotMapping.Safety
    let brakes: [JointBrake]
    private(set) var motions: [JointMotion]
    private var state = State.holding("nobody has been seen yet")
    /// Why it is held although the person is seen; nil when it is not.
    private var heldBecause: String?
    private var smoother: DirectionSmoother
    private var lastSight: Double?
    private var disbelieved = 0
    /// What was wrong with the latest frame; nil when nothing was.
    private var whyMissing: String?
    private var openness: Double?
    private var plan: ArmPlan
    private var step: ArmStep
    private let guardZone: ArmGuard
    private var grip: GripController?

    /// - Throws: where the mapping names links or joints that the robot does not have, or that lie badly.
    package init(
        arm: RobotMapping.Arm, mapping: RobotMapping, robot: RobotDescription, settings: ArmSettings = .init()
    ) throws(RetargetingError) {
        let geometry = try ArmGeometry(arm, of: robot)
        chain = geometry.chain
        name = arm.name
        jointNames = chain.joints.map(\.name)
        let bounds = chain.joints.map { mapping.bounds(of: $0) }
        self.bounds = bounds
        self.settings = settings
        safety = mapping.safety
        brakes = bounds.map { JointBrake($0, tick: settings.tick) }
        let rest = zip(jointNames, bounds).map { name, bounds in bounds.clamping(arm.rest[name] ?? bounds.middle) }
        motions = rest.map { JointMotion(position: $0) }
        smoother = DirectionSmoother(settings.smoothing)
        let task = ArmTask(chain: chain, mode: arm.mode, points: geometry.points, samplePosture: rest)
        plan = ArmPlan(task: task, bounds: bounds, rest: rest, settings: settings)
        step = ArmStep(task: task, brakes: brakes, settings: settings)
        guardZone = try ArmGuard(chain: chain, points: geometry.guarded, fence: mapping.safety.fence, rest: rest)
        grip = try arm.grip.map { grip throws(RetargetingError) in
            try GripController(grip, mapping, robot, tick: settings.tick)
        }
    }

    /// Takes what a frame shows of the person's arm; nil where it does not show it.
    package mutating func see(_ sight: ArmSight?, at time: Duration) {
        let time = time.inSeconds
        guard let sight, sight.isUsable, sight.visibility >= safety.visibility else {
            whyMissing = sight == nil ? "the arm is not seen" : "the arm is not seen well enough"
            return
        }
        let vectors =
            plan.mode == .wristVector ? [sight.wrist] : [sight.upperArm, sight.forearm].compactMap(\.direction)
        guard isBelieved(vectors, at: time) else { return }
        whyMissing = nil
        lastSight = max(time, lastSight ?? time)
        if let seen = sight.openness, seen.isFinite { openness = seen }
        smoother.add(vectors, at: time)
        plan.isStale = true
    }

    /// A single wild frame is left out; a person who really moved so far is believed after a few.
    private mutating func isBelieved(_ vectors: [Vector3], at time: Double) -> Bool {
        guard disbelieved < settings.disbelieved, let before = smoother.value(at: smoother.newest ?? time),
            zip(before.vectors, vectors).contains(where: { angle($0, $1) > settings.jump })
        else {
            disbelieved = 0
            return true
        }
        disbelieved += 1
        return false
    }

    /// Brakes and stands until `release`, whoever is seen.
    package mutating func hold(reason: String) { heldBecause = reason }

    /// Follows again once the person is seen.
    package mutating func release() { heldBecause = nil }

    /// Forgets the person: another one is followed from now on.
    package mutating func forget(reason: String) {
        smoother.reset()
        lastSight = nil
        whyMissing = reason
    }

    /// Brakes and stands until `reset`.
    package mutating func stop(reason: String) { state = .stopped(reason) }

    /// Lets it follow again after a stop.
    package mutating func reset() {
        if case .stopped = state { state = .holding("it was reset") }
    }

    /// Where its joints are, radians (or metres).
    package var posture: [Double] { motions.map(\.position) }

    /// Whether nothing moves.
    package var isAtRest: Bool { zip(brakes, motions).allSatisfy { $0.isAtRest($1) } }

    /// The next command; called every `ArmSettings.tick`.
    package mutating func tick(at time: Duration) -> RobotCommand { tick(at: time) { _ in true } }

    /// - Parameter admits: whether a next motion of the joints, and braking after it, may be, as far as others know.
    mutating func tick(at time: Duration, admits: ([JointMotion]) -> Bool) -> RobotCommand {
        let time = time.inSeconds
        updateState(at: time)
        var errors: [Double]?
        let status: RobotCommand.Status
        var reason: String?
        switch state {
        case .following(let since):
            let share = Self.eased((time - since) / max(0.5, safety.blend.inSeconds))
            (status, errors) = follow(at: time, share: share, admits)
        case .holding(let why):
            brake()
            (status, reason) = (.hold, why)
        case .stopped(let why):
            brake()
            (status, reason) = (.stopped, why)
        }
        var command = RobotCommand(
            arm: name, positions: motions.map(\.position), velocities: motions.map(\.velocity),
            accelerations: motions.map(\.acceleration), status: status, reason: reason)
        if let errors {
            if plan.mode == .armDirections { (command.upperArmError, command.forearmError) = (errors[0], errors[1]) }
            if plan.mode == .wristVector { command.wristError = errors[0] * plan.reach }
        }
        command.grip = grip?.tick(openness: status == .hold || status == .stopped ? nil : openness)
        return command
    }

    private mutating func updateState(at time: Double) {
        if case .stopped = state { return }
        if let why = heldBecause ?? silence(at: time) {
            state = .holding(why)
        } else if case .holding = state {
            state = .following(since: time)
            plan.isFresh = true
        }
    }

    private func silence(at time: Double) -> String? {
        guard let lastSight else { return whyMissing ?? "nobody has been seen yet" }
        guard time - lastSight > safety.silence.inSeconds else { return nil }
        return whyMissing ?? "no frame has come"
    }

    /// One step after the person; how it goes, and the error of each vector.
    private mutating func follow(
        at time: Double, share: Double, _ admits: ([JointMotion]) -> Bool
    ) -> (RobotCommand.Status, [Double]) {
        let seen = smoother.value(at: time - settings.lag)!
        let target = plan.target(from: seen)
        plan.advance(to: target, from: motions)
        let next = step.next(
            motions, target: target, goal: plan.goal, speed: safety.speed * share)
        let isAdmitted = guardZone.admits(next, brakes) && admits(next)
        motions = isAdmitted ? next : slowed(next, admits)
        let errors = step.errors(motions, target)
        let worst = errors.max() ?? 0
        if plan.miss > settings.unreachable { return (.unreachable, errors) }
        return ((step.isBound || !isAdmitted) && worst > 0.09 ? .clamped : .ok, errors)
    }

    /// As much of the step as the guard admits; braking at the least.
    private func slowed(_ next: [JointMotion], _ admits: ([JointMotion]) -> Bool) -> [JointMotion] {
        let braked = zip(brakes, motions).map { $0.braked($1) }
        for share in [0.5, 0.25, 0.1] {
            let some = zip(zip(braked, next), motions).map { pair, motion in
                motion.stepped(
                    acceleration: pair.0.acceleration + share * (pair.1.acceleration - pair.0.acceleration),
                    by: settings.tick)
            }
            let stops = zip(brakes, some).allSatisfy { $0.stopsInside($1) }
            if stops, guardZone.admits(some, brakes), admits(some) { return some }
        }
        return braked
    }

    private mutating func brake() {
        for joint in motions.indices { motions[joint] = brakes[joint].braked(motions[joint]) }
    }

    /// 0…1 without a corner at either end.
    private static func eased(_ share: Double) -> Double {
        let share = min(max(share, 0), 1)
        return share * share * (3 - 2 * share)
    }
}
