import Randomness

/// Straight punches, hooks and uppercuts from a boxing stance or square to the front, alternating or with one fist.
struct PunchMotion: RepeatedMotion {
    private(set) var plan: Repetitions
    private let stance: Stance
    private var fists: SIMD3<Float>
    private let target: SIMD3<Float>
    private let turn: Float
    private let lead: PuppetSide
    private let bladed: Float
    private let bounce: Sway
    private let crouch: Float
    private let pole: SIMD3<Float>

    init(_ recipe: MotionRecipe) {
        var random = recipe.random
        let style = recipe.style
        let body = recipe.body
        var stance = Stance(body, sway: 0.8 * style.sway, width: 1.2...2.6, using: &random)
        lead = random.chance(0.7) ? .left : .right
        let boxing = random.chance(recipe.isBroad ? 0.5 : 0.65)
        bladed = boxing ? degrees(random.uniform(10, 45)) : 0
        let split = boxing ? random.uniform(0.08, 0.26) : 0
        stance.feet[lead].z += split
        stance.feet[lead.other].z -= split
        stance.feet[lead.other].outward = degrees(random.uniform(15, 45)) * (boxing ? 1 : 0.4)
        self.stance = stance
        crouch = (boxing ? random.uniform(0.015, 0.07) : random.uniform(0, 0.05)) * body.stature
        fists =
            boxing
            ? SIMD3(random.uniform(0.02, 0.07), random.uniform(-0.02, 0.09), random.uniform(0.11, 0.17))
            : SIMD3(random.uniform(0.04, 0.11), random.uniform(-0.2, -0.02), random.uniform(0.05, 0.14))
        pole = SIMD3(random.uniform(0.25, 0.8), -1, -0.2)
        let hook = random.chance(0.15)
        target =
            hook
            ? SIMD3(-0.04, random.uniform(-0.02, 0.09), random.uniform(0.2, 0.26))
            : SIMD3(random.uniform(-0.02, 0.09), random.uniform(-0.08, 0.12), random.uniform(0.3, 0.36))
        turn = degrees(random.uniform(8, 38)) * (0.5 + 0.5 * style.amplitude)
        bounce = Sway(random.uniform(0, 0.012), pace: 1.8, using: &random)
        let first = random.chance(0.6) ? lead : lead.other
        let alternating = random.chance(0.75)
        plan = Repetitions(
            .init(
                out: random.uniform(0.14, 0.3) / style.speed, hold: random.uniform(0, 0.12),
                back: random.uniform(0.18, 0.4) / style.speed,
                rest: random.chance(0.6) ? random.uniform(0, 0.15) : random.uniform(0.1, 0.7),
                variation: style.variation, amplitudeVariation: 0.1, easing: .minimumJerk),
            length: recipe.length, using: &random, side: first.taking(turns: alternating))
        guard recipe.isBroad, !boxing, random.chance(0.8) else { return }
        // A single blow, without haste, from arms that hang or nearly so.
        fists = SIMD3(random.uniform(0.05, 0.1), random.uniform(-0.33, -0.1), random.uniform(0, 0.13))
        plan = Repetitions(
            .init(
                out: random.uniform(0.2, 0.65) / style.speed, hold: random.uniform(0, 0.5),
                back: random.uniform(0.3, 0.8) / style.speed, rest: random.uniform(0.1, 0.9),
                variation: style.variation, amplitudeVariation: 0.1, easing: .minimumJerk),
            length: recipe.length, using: &random, side: first.taking(turns: alternating))
    }

    func figure(at time: Double) -> Figure {
        let (level, side) = plan.stroke(at: time)
        let fist = side ?? lead
        let body = stance.body
        var posture = stance.moved(SIMD3(0, bounce(time) - crouch, 0.02 * level), at: time)
        // The lead shoulder is in front; each blow turns its own shoulder forward.
        let twist = -lead.sign * bladed - fist.sign * turn * level
        posture.pelvis = .turn(0.45 * twist) * posture.pelvis
        posture.bendTrunk(forward: degrees(6), turn: 0.55 * twist, pelvis: 0.3)
        posture.neck = .turn(-0.8 * twist) * posture.neck
        posture.arms = Sided(.reach(fists, from: .chest, elbow: pole))
        // The blow goes where the person is headed, not where the chest has turned to.
        let height = (body.hipHeight - crouch + body.lumbar + body.chest) / body.stature
        let straight = ArmPosture.reach(
            SIMD3(target.x, height + target.y, target.z + 0.06), from: .floor, elbow: SIMD3(0.6, -1, 0))
        posture.arms[fist] = .mix(posture.arms[fist], straight, level)
        return body.solve(posture)
    }
}
