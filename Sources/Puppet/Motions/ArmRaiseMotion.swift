import Foundation
import Randomness

/// Arms raised and lowered while standing: overhead (`arm_raise`) or to the height of the shoulders at the sides
/// (`arms_sideways`).
struct ArmRaiseMotion: RepeatedMotion {
    let plan: Repetitions
    private let stance: Stance
    private let both: Bool
    private var elevation: Float
    private var plane: Float
    private let elbow: Float
    private var bendOnTheWay: Float
    private let lag: Double
    private let tip: Float
    /// How far the foot on the raised side, or the other, steps out at the same time, and how deep the knees go, metres.
    private let step: Float
    private let stepsAcross: Bool
    private let dip: Float
    private let resting: ArmPosture?
    /// Where the arms come from when they do not hang.
    private var start: ArmPosture?

    init(_ recipe: MotionRecipe, sideways: Bool) {
        var random = recipe.random
        let style = recipe.style
        stance = Stance(recipe.body, sway: 0.8 * style.sway, width: 0.7...2.6, using: &random)
        both = random.chance(sideways ? 0.82 : 0.4)
        if sideways {
            elevation = degrees(random.uniform(78, 100))
            plane = degrees(random.uniform(72, 98))
        } else {
            elevation = degrees(random.uniform(140, 178)) * (0.8 + 0.2 * style.amplitude)
            plane = degrees(random.chance(0.5) ? random.uniform(-8, 25) : random.uniform(25, 92))
        }
        elbow = degrees(random.chance(0.7) ? random.uniform(2, 20) : random.uniform(15, 45))
        bendOnTheWay = random.chance(0.3) ? degrees(random.uniform(20, 90)) : degrees(random.uniform(0, 15))
        lag = both ? Double(random.uniform(-0.08, 0.08)) : 0
        tip = both ? 0 : degrees(random.uniform(0, 8))
        step = !both && random.chance(0.4) ? random.uniform(0.15, 0.65) * recipe.body.leg : 0
        stepsAcross = random.chance(0.3)
        dip = random.chance(0.25) ? random.uniform(0.01, 0.06) * recipe.body.stature : 0
        resting = !both && random.chance(0.25) ? .onHip(using: &random) : nil
        let first: PuppetSide = random.chance(0.5) ? .left : .right
        // An arm that rests on the hip stays there.
        let alternating = !both && random.chance(0.45) && resting == nil
        let held = random.chance(0.3)
        let together = both
        plan = Repetitions(
            .init(
                out: random.uniform(0.5, 1.5) / style.speed,
                hold: held ? random.uniform(0.5, 3) : random.uniform(0, 0.5),
                back: random.uniform(0.5, 1.4) / style.speed, rest: random.uniform(0.02, 0.6),
                variation: style.variation,
                amplitudeVariation: 0.04),
            length: recipe.length, using: &random,
            side: { together ? nil : alternating && $0 % 2 == 1 ? first.other : first })
        guard recipe.isBroad else { return }
        if !sideways, random.chance(0.25) {
            // With weights, straight ahead and not much higher than the shoulders.
            elevation = degrees(random.uniform(75, 125))
            plane = degrees(random.uniform(-15, 25))
            bendOnTheWay = 0
        } else if both, random.chance(sideways ? 0.45 : 0.15) {
            start = Self.start(sideways: sideways, using: &random)
        }
    }

    /// The hands before the body: crossed low, or at the chest with the elbows out.
    private static func start(sideways: Bool, using random: inout SplitMix64) -> ArmPosture {
        if sideways, random.chance(0.6) {
            return .reach(
                SIMD3(random.uniform(-0.03, 0.06), random.uniform(-0.08, 0.03), random.uniform(0.09, 0.16)),
                from: .chest, elbow: SIMD3(1, random.uniform(-0.4, 0.3), random.uniform(-0.2, 0.3)))
        }
        return .reach(
            SIMD3(random.uniform(-0.07, 0.04), random.uniform(-0.06, 0.08), random.uniform(0.13, 0.22)), from: .pelvis,
            elbow: SIMD3(1, -0.3, -0.4))
    }

    func figure(at time: Double) -> Figure {
        var posture = stance.posture(at: time)
        let side = plan.stroke(at: time).side
        for arm in PuppetSide.allCases where both || arm == side {
            let level = plan.level(at: time + lag * Double(arm.sign))
            let raised = ArmPosture.raised(
                elevation: start == nil ? elevation * level : elevation, plane: plane,
                elbow: elbow + bendOnTheWay * 4 * level * (1 - level))
            posture.arms[arm] = .mix(
                start ?? posture.arms[arm], raised, start == nil ? Easing.cosine(level * 5) : level)
        }
        let level = plan.level(at: time)
        if let side {
            if let resting { posture.arms[side.other] = resting }
            stepOut(stepsAcross ? side.other : side, level, &posture)
        }
        posture.hips.y -= dip * level
        posture.bendTrunk(forward: -degrees(3) * level, left: -(side?.sign ?? 0) * tip * level, pelvis: 0.2)
        return stance.body.solve(posture)
    }

    /// Moves one foot out to its side and the hips over the other.
    private func stepOut(_ side: PuppetSide, _ level: Float, _ posture: inout Posture) {
        guard step > 0 else { return }
        let out = min(1, level * 1.4)
        var foot = stance.feet[side]
        foot.x += step * out
        foot.height = 0.04 * sin(.pi * out)
        posture.legs[side] = .planted(foot, knee: stance.knee)
        posture.hips.x += side.sign * 0.22 * step * out
    }
}
