import Foundation
import Randomness

/// Sit-ups and crunches: lying on the back with bent knees, the trunk curls up. The feet point where the person is
/// headed.
struct SitUpMotion: RepeatedMotion {
    private(set) var plan: Repetitions
    private let body: PuppetBody
    private var hipAngle: Float
    private let curl: Float
    private let feet: FootPlace
    /// From the feet back to the hips, metres.
    private let seat: Float
    private let armsDown: Sided<ArmPosture>
    private let armsUp: Sided<ArmPosture>
    private let hipHeight: Float
    private let shake: Sway

    init(_ recipe: MotionRecipe) {
        var random = recipe.random
        let style = recipe.style
        body = recipe.body
        let crunch = random.chance(0.25)
        hipAngle = degrees(crunch ? random.uniform(4, 18) : random.uniform(45, 82)) * (0.7 + 0.3 * style.amplitude)
        curl = degrees(random.uniform(22, 55))
        hipHeight = 0.1 * body.girth
        seat = body.leg * random.uniform(0.5, 0.72)
        feet = FootPlace(
            x: random.uniform(0.06, 0.2), z: 0,
            outward: degrees(random.uniform(0, 15)))
        shake = Sway(degrees(1) * style.sway, pace: 0.8, using: &random)
        plan = Repetitions(
            .init(
                out: random.uniform(0.7, 1.5) / style.speed, hold: random.uniform(0, 0.4),
                back: random.uniform(0.7, 1.5) / style.speed, rest: random.uniform(0, 0.5), variation: style.variation,
                amplitudeVariation: 0.08),
            length: recipe.length, using: &random)
        let behindHead = Sided<ArmPosture>(
            .reach(SIMD3(0.055, 0.03, -0.045), from: .head, elbow: SIMD3(1, 0.2, random.uniform(-0.2, 1))))
        let onChest = Sided<ArmPosture>(.crossed(over: true), .crossed(over: false))
        let knees = Sided<ArmPosture>(.raised(elevation: degrees(random.uniform(50, 85)), plane: 0, elbow: 0.1))
        let overhead = Sided<ArmPosture>(.raised(elevation: degrees(165), plane: 0.3, elbow: 0.2))
        switch random.unit() {
        case ..<0.45: (armsDown, armsUp) = (behindHead, behindHead)
        case ..<0.65: (armsDown, armsUp) = (onChest, onChest)
        case ..<0.85: (armsDown, armsUp) = (knees, knees)
        default: (armsDown, armsUp) = (overhead, knees)
        }
    }

    /// The same person's sit-ups by another plan, the hips bending so far.
    func taking(_ plan: Repetitions, hips angle: Float) -> SitUpMotion {
        var motion = self
        motion.plan = plan
        motion.hipAngle = angle
        return motion
    }

    func figure(at time: Double) -> Figure {
        let level = plan.level(at: time)
        // The back rounds first, then the hips bend.
        let round = curl * Easing.cosine(level * 1.6) + shake(time) * level
        let hips = hipAngle * Easing.cosine(max(0, level - 0.12) / 0.88)
        var posture = Posture(
            hips: SIMD3(0, hipHeight, -seat), pelvis: .lean(-.pi / 2 + hips), lumbar: .lean(0.5 * round),
            chest: .lean(0.5 * round), neck: .lean(degrees(10) + 0.3 * round),
            arms: armsDown.map { .mix($1, armsUp[$0], level) },
            legs: Sided(.planted(feet, knee: SIMD3(0.06, 1, 0))))
        posture.pelvis = posture.pelvis * .turn(0.3 * shake(time))
        return body.solve(posture)
    }
}
