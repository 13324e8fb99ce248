import Foundation
import Randomness

/// Kicks to the front, side or round: the knee comes up, the leg snaps out and returns.
struct KickMotion: RepeatedMotion {
    let plan: Repetitions
    private let stance: Stance
    private var form: Form
    private var height: Float
    private let lean: Float
    private let arms: Sided<ArmPosture>
    private let armSwing: Float
    private let chamber: Float
    /// How far the standing foot steps forward before the kick, metres.
    private var stride: Float = 0
    /// Whether the swinging foot might touch the floor.
    private var isLow = false

    private enum Form { case front, side, round, ball }

    init(_ recipe: MotionRecipe) {
        var random = recipe.random
        var style = recipe.style
        if recipe.isBroad {
            // Hardly anybody kicks faster than this.
            style.speed = min(style.speed, 1)
            style.variation = min(style.variation, 0.08)
        }
        stance = Stance(recipe.body, sway: 0.8 * style.sway, width: 0.9...1.8, using: &random)
        switch random.unit() {
        case ..<0.42: form = .front
        case ..<0.62: form = .side
        case ..<0.8: form = .round
        default: form = .ball
        }
        height =
            degrees(form == .ball ? random.uniform(25, 60) : random.uniform(48, 105)) * (0.65 + 0.35 * style.amplitude)
        lean = degrees(random.uniform(5, 28))
        chamber = degrees(form == .ball ? random.uniform(50, 90) : random.uniform(70, 120))
        let first: PuppetSide = random.chance(0.6) ? .right : .left
        let alternating = random.chance(0.4)
        plan = Repetitions(
            style, out: 0.32...0.6, hold: 0...0.1, back: 0.4...0.75, rest: 0.02...0.7, length: recipe.length,
            using: &random, side: first.taking(turns: alternating))
        armSwing = random.uniform(0.2, 1)
        if form != .ball && random.chance(0.6) {
            let fist = ArmPosture.reach(
                SIMD3(random.uniform(0.02, 0.08), random.uniform(-0.06, 0.06), random.uniform(0.1, 0.16)), from: .chest,
                elbow: SIMD3(0.5, -1, -0.2))
            arms = Sided(fist)
        } else {
            arms = Sided(.hanging(using: &random), .hanging(using: &random))
        }
        guard recipe.isBroad, random.chance(0.45) else { return }
        // A ball on the floor is kicked low, with a step towards it or none.
        form = .ball
        isLow = true
        height = degrees(random.uniform(26, 62))
        stride = random.chance(0.5) ? random.uniform(0.1, 0.5) * recipe.body.leg : 0
    }

    func figure(at time: Double) -> Figure {
        let (_, side) = plan.stroke(at: time)
        let kicking = side ?? .right
        let body = stance.body
        // Knee lift leads, the snap of the shank follows; on the way back the shank folds first.
        let (lift, snap) = progress(at: time)
        let shifted = min(1, lift * 3)
        var posture = stance.moved(
            SIMD3(-kicking.sign * 0.8 * stance.feet.left.x * shifted, -0.015 * lift, 0.02 * lift), at: time)
        if stride > 0 {
            var foot = stance.feet[kicking.other]
            foot.z += stride * shifted
            foot.height = 0.1 * stride * sin(.pi * shifted)
            posture.legs[kicking.other] = .planted(foot, knee: stance.knee)
            posture.hips.z += 0.85 * stride * shifted
            posture.hips.y -= 0.1 * stride * shifted
        }
        let angle = height * lift
        let fold = chamber * lift * (1 - snap) + 0.08
        let leg: LegPosture
        switch form {
        case .front:
            leg = .angles(flexion: angle + 0.3 * lean * lift, knee: fold, ankle: degrees(-15) * snap)
            posture.bendTrunk(forward: -lean * lift, pelvis: 0.6)
        case .side:
            leg = .angles(
                flexion: degrees(40) * lift * (1 - snap), abduction: angle * (0.4 + 0.6 * snap),
                rotation: -degrees(20) * lift,
                knee: fold)
            posture.bendTrunk(left: -kicking.sign * lean * 1.5 * lift)
        case .round:
            leg = .angles(
                flexion: angle * 0.85, abduction: angle * 0.6 * (1 - 0.4 * snap), rotation: -degrees(45) * lift,
                knee: fold)
            posture.pelvis = .turn(-kicking.sign * degrees(45) * snap) * posture.pelvis
            posture.bendTrunk(forward: -0.6 * lean * lift, left: -kicking.sign * lean * lift)
        case .ball:
            // Back swing first, then through.
            let flexion = mix(-degrees(35) * lift, height, snap)
            leg = .angles(
                flexion: flexion, abduction: degrees(5), knee: chamber * lift * (1 - snap) + 0.1, ankle: -0.3 * snap)
            posture.bendTrunk(forward: mix(0.5, -0.5, snap) * lean * lift, pelvis: 0.5)
        }
        posture.legs[kicking] = .mix(posture.legs[kicking], leg, Easing.cosine(lift * 5))
        posture.arms = arms
        let swing = armSwing * lift
        for arm in PuppetSide.allCases {
            let counter: Float = arm == kicking ? -1 : 1
            let out = ArmPosture.raised(
                elevation: degrees(15 + 40 * swing), plane: degrees(60 - 50 * counter), elbow: degrees(30))
            posture.arms[arm] = .mix(posture.arms[arm], out, 0.5 * swing)
        }
        return isLow ? body.onFloor(body.solve(posture)) : body.solve(posture)
    }

    /// How far the knee is up and how far the shank is out, 0…1 each.
    private func progress(at time: Double) -> (lift: Float, snap: Float) {
        guard let (_, now) = plan.current(at: time) else { return (0, 0) }
        if time < now.turnStart {
            let t = Float((time - now.start) / (now.turnStart - now.start))
            return (now.amplitude * Easing.minimumJerk(t / 0.75), Easing.minimumJerk((t - 0.42) / 0.58))
        }
        if time <= now.turnEnd { return (now.amplitude, 1) }
        let t = Float((time - now.turnEnd) / (now.end - now.turnEnd))
        return (now.amplitude * (1 - Easing.minimumJerk((t - 0.25) / 0.75)), 1 - Easing.minimumJerk(t / 0.55))
    }
}
