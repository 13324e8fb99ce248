import Randomness

/// Bending forward from the hips: touching toes or shins, picking something up, bowing, with straight or bent knees.
struct BendMotion: RepeatedMotion {
    let plan: Repetitions
    private let stance: Stance
    private var forward: Float
    private let twist: Float
    private var knees: Float
    private let hands: Hands
    private let reach: SIMD3<Float>
    private let resting: Sided<ArmPosture>

    private enum Hands { case both, left, right, hanging, resting }

    init(_ recipe: MotionRecipe) {
        var random = recipe.random
        let style = recipe.style
        let body = recipe.body
        stance = Stance(body, sway: 0.7 * style.sway, width: 0.7...2.6, using: &random)
        switch random.unit() {
        case ..<0.35: hands = .both
        case ..<0.5: hands = .left
        case ..<0.65: hands = .right
        case ..<0.88: hands = .hanging
        default: hands = .resting
        }
        let deep = hands == .both || hands == .left || hands == .right
        forward = degrees(deep ? random.uniform(75, 118) : random.uniform(45, 105)) * (0.75 + 0.25 * style.amplitude)
        twist = hands == .left ? -degrees(random.uniform(0, 25)) : hands == .right ? degrees(random.uniform(0, 25)) : 0
        knees = (random.chance(0.5) ? random.uniform(0, 0.05) : random.uniform(0.05, 0.18)) * body.stature
        reach = SIMD3(random.uniform(0.0, 0.12), random.uniform(0.02, 0.22), random.uniform(0.06, 0.22))
        resting = Sided(random.chance(0.5) ? .onHip(using: &random) : .hanging(using: &random))
        plan = Repetitions(
            .init(
                out: random.uniform(0.7, 1.5) / style.speed,
                hold: random.chance(0.6) ? random.uniform(0, 0.5) : random.uniform(0.4, 1.6),
                back: random.uniform(0.7, 1.5) / style.speed, rest: random.uniform(0.05, 0.8),
                variation: style.variation),
            length: recipe.length, using: &random)
        // A bow, or a look at the floor.
        if recipe.isBroad, !deep, random.chance(0.5) { forward = degrees(random.uniform(28, 60)) }
        // Picking something up, many bend the knees as much as the back; others hardly come down to their toes.
        if recipe.isBroad, deep, random.chance(0.3) {
            knees = random.uniform(0.08, 0.2) * body.stature
            forward = degrees(random.uniform(50, 90))
        } else if recipe.isBroad, deep, random.chance(0.3) {
            forward = degrees(random.uniform(50, 80))
        }
    }

    func figure(at time: Double) -> Figure {
        let level = plan.level(at: time)
        let body = stance.body
        let angle = forward * level
        // The hips go back so that the weight stays over the feet.
        var posture = stance.moved(SIMD3(0, -knees * level, -0.075 * body.stature * level), at: time)
        posture.bendTrunk(forward: angle, turn: twist * level, pelvis: 0.58)
        posture.neck = posture.neck * .lean(-0.15 * angle)
        let hanging = ArmPosture.angles(
            flexion: angle * 0.9, abduction: degrees(6), rotation: degrees(15), elbow: degrees(10))
        for side in PuppetSide.allCases {
            let working = hands == .both || hands == (side == .left ? .left : .right)
            switch (hands, working) {
            case (_, true):
                let down = ArmPosture.reach(reach, from: .floor, elbow: SIMD3(1, 0, 0.3))
                posture.arms[side] = .mix(posture.arms[side], down, Easing.cosine(level * 1.2))
            case (.resting, _): posture.arms[side] = resting[side]
            case (.hanging, _), (.both, _): posture.arms[side] = .mix(posture.arms[side], hanging, min(1, level * 3))
            default:
                let knee = ArmPosture.mix(hanging, resting[side], 0.6)
                posture.arms[side] = .mix(posture.arms[side], knee, min(1, level * 2))
            }
        }
        return body.solve(posture)
    }
}
