import Foundation

/// Jumping jacks: feet apart and arms overhead, then together again, a small jump each way.
struct JumpingJackMotion: RepeatedMotion {
    private(set) var plan: Repetitions
    private let stance: Stance
    private let spread: Float
    private var elevation: Float
    private let plane: Float
    private var elbow: Float
    private let hop: Float
    private let dip: Float
    private let closed: Float

    init(_ recipe: MotionRecipe) {
        var random = recipe.random
        let style = recipe.style
        let body = recipe.body
        stance = Stance(body, sway: 0.4 * style.sway, width: 0.5...1.2, using: &random)
        closed = random.uniform(0.4, 1) * body.hipWidth / 2
        spread = random.uniform(0.3, 0.52) * body.leg * (0.6 + 0.4 * style.amplitude)
        elevation = degrees(random.uniform(135, 178)) * (0.75 + 0.25 * style.amplitude)
        plane = degrees(random.uniform(65, 98))
        elbow = degrees(random.uniform(3, 40))
        hop = random.uniform(0.0, 0.08)
        dip = random.uniform(0.005, 0.04)
        let period = random.uniform(0.8, 1.25) / style.speed
        plan = Repetitions(
            .init(
                out: 0.46 * period, hold: random.uniform(0, 0.1) * period, back: 0.46 * period,
                rest: random.uniform(0, 0.12) * period, variation: 0.5 * style.variation, easing: .cosine),
            length: recipe.length, using: &random)
    }

    /// The same person's jumping jacks by another plan, the arms near straight and raised so far.
    func taking(_ plan: Repetitions, elevation: Float) -> JumpingJackMotion {
        var motion = self
        motion.plan = plan
        motion.elevation = elevation
        motion.elbow = min(elbow, degrees(15))
        return motion
    }

    func figure(at time: Double) -> Figure {
        let level = plan.level(at: time)
        let body = stance.body
        // In the air in the middle of each way.
        let up = hop * pow(max(0, 4 * level * (1 - level)), 1.5)
        let low = dip * (1 - 4 * level * (1 - level))
        let feet = mix(closed, spread, level)
        var posture = stance.moved(SIMD3(0, up - low, 0), at: time)
        posture.legs = stance.feet.map { _, foot in
            var place = foot
            place.x = feet
            place.height = up
            place.heelLift = up > 0.01 ? degrees(20) * min(1, up / 0.03) : 0
            place.outward = degrees(8)
            return .planted(place, knee: SIMD3(0.3, 0, 1))
        }
        let arm = ArmPosture.raised(
            elevation: degrees(8) + (elevation - degrees(8)) * level, plane: plane, elbow: elbow * (0.5 + 0.5 * level))
        posture.arms = Sided(arm)
        return body.solve(posture)
    }
}
