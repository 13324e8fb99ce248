import Randomness

/// Standing idle: weight shifts, the arms hang, rest on the hips, are crossed or busy before the body.
struct StandMotion: Motion {
    let repetitions: [PuppetRepetition] = []
    let duration: Double
    private var stance: Stance
    private var script: ArmScript
    private let shift: Sway
    private let lookDown: Float
    private let leaning: Float
    private var forward = Sway.still
    private var side = Sway.still
    private var twist = Sway.still

    init(_ recipe: MotionRecipe) {
        var random = recipe.random
        duration = recipe.length.seconds
        stance = Stance(recipe.body, sway: 1.3 * recipe.style.sway, width: 0.7...2.4, using: &random)
        let busy = random.chance(0.38)
        shift = Sway(random.uniform(0.0, 0.03), pace: 0.12, using: &random)
        lookDown = busy ? degrees(random.uniform(5, 35)) : degrees(random.uniform(-5, 8))
        leaning = busy ? degrees(random.uniform(0, 16)) : 0
        script = ArmScript(
            until: duration, hold: busy ? 0.2...2.2 : 2...9, moving: 0.5...1.4,
            unrest: random.uniform(0.001, busy ? 0.012 : 0.006), using: &random
        ) { random in
            if busy { return Sided(.atTable(using: &random), .atTable(using: &random)) }
            return StandMotion.restingArms(using: &random)
        }
        guard recipe.isBroad else { return }
        if random.chance(0.35) {
            // One foot before the other, or turned away from it, as at a counter.
            let front: PuppetSide = random.chance(0.5) ? .left : .right
            let stagger = random.uniform(0.04, 0.17) * recipe.body.stature
            stance.feet[front].z += 0.5 * stagger
            stance.feet[front.other].z -= 0.5 * stagger
            stance.feet[front.other].outward = degrees(random.uniform(5, 50))
            stance.feet[front.other].heelLift = random.chance(0.3) ? degrees(random.uniform(5, 40)) : 0
        }
        if random.chance(0.1) {
            // The hands up at a bar, or folded before the chest, before and after an exercise.
            let arms = SquatMotion.loadedArms(using: &random)
            script = ArmScript(
                until: duration, hold: 3...9, moving: 0.5...1.4, unrest: random.uniform(0.001, 0.006), using: &random
            ) { _ in arms.0 }
            return
        }
        guard random.chance(0.55) else { return }
        // The hands are at something, and the trunk goes after them.
        let lively = random.uniform(0.2, 1)
        forward = Sway(degrees(6) * lively, pace: 0.25, using: &random)
        side = Sway(degrees(4) * lively, pace: 0.25, using: &random)
        twist = Sway(degrees(13) * lively, pace: 0.25, using: &random)
        script = ArmScript(
            until: duration, hold: 0.2...3, moving: 0.4...1.3, unrest: random.uniform(0.002, 0.015), using: &random
        ) { random in Sided(Self.busyArm(using: &random), Self.busyArm(using: &random)) }
    }

    /// An arm of somebody who stands talking, waiting or at a table.
    private static func busyArm(using random: inout SplitMix64) -> ArmPosture {
        switch random.unit() {
        case ..<0.28: .atTable(using: &random)
        case ..<0.48: .hanging(using: &random)
        case ..<0.6: .beforeChest(using: &random)
        case ..<0.7: .onBody(using: &random)
        case ..<0.76: .talking(using: &random)
        case ..<0.82: .onHip(using: &random)
        case ..<0.88: .atMouth(using: &random)
        case ..<0.92: .atEar(using: &random)
        case ..<0.95: .atHair(using: &random)
        default: .inPocket(using: &random)
        }
    }

    /// A pair of postures in which arms rest.
    static func restingArms(using random: inout SplitMix64) -> Sided<ArmPosture> {
        let hang = Sided<ArmPosture>(.hanging(using: &random), .hanging(using: &random))
        let choice = random.unit()
        switch choice {
        case ..<0.42: return hang
        case ..<0.52: return Sided(.onHip(using: &random), .onHip(using: &random))
        case ..<0.57: return Sided(.onHip(using: &random), hang.right)
        case ..<0.62: return Sided(hang.left, .onHip(using: &random))
        case ..<0.72:
            let over = random.chance(0.5)
            return Sided(.crossed(over: over), .crossed(over: !over))
        case ..<0.8: return Sided(.inPocket(using: &random), .inPocket(using: &random))
        case ..<0.86:
            let low = random.chance(0.6)
            return Sided(.clasped(low: low), .clasped(low: low))
        case ..<0.91: return Sided(.behindBack, .behindBack)
        case ..<0.95: return Sided(.beforeChest(using: &random), .beforeChest(using: &random))
        case ..<0.975: return Sided(.inPocket(using: &random), .beforeChest(using: &random))
        default: return Sided(.beforeChest(using: &random), .inPocket(using: &random))
        }
    }

    func figure(at time: Double) -> Figure {
        var posture = stance.moved(SIMD3(shift(time), 0, -0.12 * leaning), at: time)
        posture.arms = script.arms(at: time)
        posture.bendTrunk(forward: leaning + forward(time), left: side(time), turn: twist(time), pelvis: 0.5)
        posture.neck = posture.neck * .lean(lookDown)
        return stance.body.solve(posture)
    }
}
