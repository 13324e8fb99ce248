import Randomness

/// Standing on one leg, the other raised straight to the front, side or back, or bent with the knee up.
struct LegRaiseMotion: RepeatedMotion {
    let plan: Repetitions
    private let stance: Stance
    private let form: Form
    private let height: Float
    private let knee: Float
    private let arms: Sided<ArmPosture>?
    private let counterLean: Float

    private enum Form { case front, side, back, knee }

    init(_ recipe: MotionRecipe) {
        var random = recipe.random
        let style = recipe.style
        stance = Stance(recipe.body, sway: 0.8 * style.sway, width: 0.7...1.4, using: &random)
        switch random.unit() {
        case ..<0.4: form = .front
        case ..<0.6: form = .side
        case ..<0.68: form = .back
        default: form = .knee
        }
        switch form {
        case .front: height = degrees(random.uniform(35, 105)) * (0.5 + 0.5 * style.amplitude)
        case .side: height = degrees(random.uniform(25, 60)) * (0.5 + 0.5 * style.amplitude)
        case .back: height = degrees(random.uniform(20, 40)) * (0.5 + 0.5 * style.amplitude)
        case .knee: height = degrees(random.uniform(65, 110)) * (0.6 + 0.4 * style.amplitude)
        }
        knee = form == .knee ? degrees(random.uniform(65, 110)) : degrees(random.uniform(2, 16))
        counterLean = random.uniform(0.05, 0.25)
        let first: PuppetSide = random.chance(0.5) ? .left : .right
        let alternating = random.chance(form == .knee ? 0.6 : 0.35)
        plan = Repetitions(
            style, out: 0.5...1.3, hold: 0...0.6, back: 0.5...1.2, rest: 0.02...0.5, length: recipe.length,
            using: &random, side: first.taking(turns: alternating))
        switch random.unit() {
        case ..<0.25: arms = Sided(.onHip(using: &random))
        case ..<0.4: arms = Sided(.raised(elevation: degrees(random.uniform(25, 85)), plane: degrees(85), elbow: 0.2))
        case ..<0.48: arms = Sided(.guardBeforeChest(using: &random))
        case ..<0.56: arms = Sided(.behindBack, .reach(SIMD3(0.03, 0.02, -0.06), from: .head, elbow: SIMD3(1, 0.4, 0)))
        default: arms = nil
        }
    }

    func figure(at time: Double) -> Figure {
        let (level, side) = plan.stroke(at: time)
        let lifted = side ?? .left
        let body = stance.body
        let shifted = min(1, level * 2.5)
        var posture = stance.moved(SIMD3(-lifted.sign * 0.7 * stance.feet.left.x * shifted, 0, 0), at: time)
        let angle = height * level
        let leg: LegPosture
        switch form {
        case .front:
            leg = .angles(flexion: angle, knee: knee, ankle: degrees(5))
            posture.bendTrunk(forward: -counterLean * angle, pelvis: 0.6)
        case .side:
            leg = .angles(flexion: 0, abduction: angle, knee: knee)
            posture.bendTrunk(left: -lifted.sign * counterLean * angle)
        case .back:
            leg = .angles(flexion: -angle, knee: knee * 1.5)
            posture.bendTrunk(forward: 2 * counterLean * angle, pelvis: 0.7)
        case .knee:
            leg = .angles(flexion: angle, knee: knee * level + 0.1, ankle: degrees(-8) * level)
            posture.bendTrunk(forward: -0.4 * counterLean * angle, pelvis: 0.6)
        }
        posture.legs[lifted] = .mix(posture.legs[lifted], leg, Easing.cosine(level * 6))
        if let arms { posture.arms = arms }
        return body.solve(posture)
    }
}
