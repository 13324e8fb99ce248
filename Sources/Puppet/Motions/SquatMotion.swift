import Randomness

/// Squats on both feet, with the arms forward, before the chest, overhead, behind the head or hanging.
struct SquatMotion: RepeatedMotion {
    private(set) var plan: Repetitions
    private var stance: Stance
    private var depth: Float
    private let back: Float
    private var lean: Float
    private var knees: SIMD3<Float>
    private let armsUp: Sided<ArmPosture>
    private let armsDown: Sided<ArmPosture>
    private var heels: Float

    init(_ recipe: MotionRecipe) {
        var random = recipe.random
        let style = recipe.style
        let body = recipe.body
        stance = Stance(body, sway: 0.6 * style.sway, width: 1.1...3.2, using: &random)
        depth = random.uniform(0.45, 1.35) * (0.6 + 0.4 * style.amplitude) * body.thigh
        back = random.uniform(0.35, 0.75)
        lean = degrees(random.uniform(14, 55))
        knees = SIMD3(random.uniform(-0.05, 0.45), 0, 1)
        heels = random.chance(0.12) ? degrees(random.uniform(5, 30)) : 0
        var tempo = Repetitions.Tempo(
            out: random.uniform(0.7, 1.5) / style.speed, hold: random.uniform(0, 0.35),
            back: random.uniform(0.6, 1.3) / style.speed,
            rest: random.uniform(0.05, 0.7), variation: style.variation,
            easing: random.chance(0.6) ? .minimumJerk : .cosine)
        if recipe.isBroad, random.chance(0.25) {
            // Many in a row, without a pause.
            tempo.out *= random.uniform(0.5, 0.8)
            tempo.back *= random.uniform(0.5, 0.8)
            tempo.rest = random.uniform(0, 0.15)
        } else if recipe.isBroad, random.chance(0.45) {
            // With a weight people go slowly, and stand for a breath before the next.
            tempo.out *= random.uniform(1, 1.6)
            tempo.hold = random.uniform(0, 0.7)
            tempo.rest = random.uniform(0.3, 1.8)
        }
        if recipe.isBroad, random.chance(0.25) { lean = degrees(random.uniform(40, 75)) }
        plan = Repetitions(tempo, length: recipe.length, using: &random)
        (armsUp, armsDown) =
            recipe.isBroad && random.chance(0.4) ? Self.loadedArms(using: &random) : Self.arms(using: &random)
    }

    /// The same person's squats by another plan, with flat feet.
    ///
    /// - Parameters:
    ///   - depth: how far the hips come down, in thigh lengths.
    ///   - lean: of the trunk at the bottom.
    ///   - knees: what the knees bend towards, x outwards.
    ///   - feet: how far the toes turn out.
    func taking(
        _ plan: Repetitions, depth: Float, lean: Float, knees: SIMD3<Float>, feet outward: Float
    ) -> SquatMotion {
        var motion = self
        motion.plan = plan
        motion.depth = depth * stance.body.thigh
        motion.lean = lean
        motion.knees = knees
        motion.heels = 0
        for side in PuppetSide.allCases { motion.stance.feet[side].outward = outward }
        return motion
    }

    /// Arm postures at the top and at the bottom.
    private static func arms(using random: inout SplitMix64) -> (Sided<ArmPosture>, Sided<ArmPosture>) {
        let hang = Sided<ArmPosture>(.hanging(using: &random), .hanging(using: &random))
        let forward = Sided<ArmPosture>(
            .raised(
                elevation: degrees(random.uniform(75, 105)), plane: degrees(random.uniform(-5, 20)),
                elbow: degrees(random.uniform(3, 35))))
        let chest = Sided<ArmPosture>(.guardBeforeChest(using: &random))
        let overhead = Sided<ArmPosture>(
            .raised(
                elevation: degrees(random.uniform(150, 176)), plane: degrees(random.uniform(30, 90)),
                rotation: degrees(-20),
                elbow: degrees(random.uniform(3, 25))))
        let bar = Sided<ArmPosture>(
            .reach(SIMD3(0.15, -0.0, -0.02), from: .chest, elbow: SIMD3(0.5, -1, -0.6)))
        let head = Sided<ArmPosture>(.reach(SIMD3(0.06, 0.03, -0.05), from: .head, elbow: SIMD3(1, 0, 0)))
        switch random.unit() {
        case ..<0.3: return (hang, forward)
        case ..<0.4: return (forward, forward)
        case ..<0.55: return (chest, chest)
        case ..<0.65: return (hang, chest)
        case ..<0.75: return (overhead, overhead)
        case ..<0.82: return (bar, bar)
        case ..<0.86: return (head, head)
        case ..<0.91:
            let hip = Sided<ArmPosture>(.onHip(using: &random))
            return (hip, hip)
        default: return (hang, hang)
        }
    }

    /// Arm postures under a bar, with a weight before the chest or at the sides, at the top and at the bottom.
    static func loadedArms(using random: inout SplitMix64) -> (Sided<ArmPosture>, Sided<ArmPosture>) {
        let arms: Sided<ArmPosture>
        switch random.unit() {
        case ..<0.5:
            arms = Sided(
                .reach(
                    SIMD3(random.uniform(0.12, 0.26), random.uniform(-0.05, 0.05), random.uniform(-0.06, 0.04)),
                    from: .chest, elbow: SIMD3(random.uniform(0.1, 0.6), -1, random.uniform(-1.2, 0.2))))
        case ..<0.65:
            arms = Sided(
                .reach(
                    SIMD3(random.uniform(0.06, 0.13), random.uniform(-0.03, 0.04), random.uniform(0.06, 0.12)),
                    from: .chest, elbow: SIMD3(0.4, -0.3, 1)))
        case ..<0.85:
            arms = Sided(
                .reach(
                    SIMD3(random.uniform(0.005, 0.04), random.uniform(-0.16, 0), random.uniform(0.1, 0.17)),
                    from: .chest, elbow: SIMD3(random.uniform(0.3, 1), -1, 0)))
        default: arms = Sided(.raised(elevation: degrees(random.uniform(4, 15)), plane: degrees(80), elbow: 0.1))
        }
        return (arms, arms)
    }

    func figure(at time: Double) -> Figure {
        let level = plan.level(at: time)
        let body = stance.body
        let fall = depth * level
        var posture = stance.moved(SIMD3(0, -fall, -back * fall * 0.62), at: time)
        posture.bendTrunk(forward: lean * level, pelvis: 0.65)
        posture.neck = posture.neck * .lean(-0.55 * lean * level)
        posture.legs = stance.feet.map { _, foot in
            var foot = foot
            foot.heelLift = heels * level
            return .planted(foot, knee: knees)
        }
        posture.arms = posture.arms.map { side, _ in .mix(armsUp[side], armsDown[side], min(1, level * 1.15)) }
        return body.solve(posture)
    }
}
