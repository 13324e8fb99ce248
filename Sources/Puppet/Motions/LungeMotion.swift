import Foundation
import Randomness

/// A long step forward or back, or a standing split stance, down and up again.
struct LungeMotion: RepeatedMotion {
    private(set) var plan: Repetitions
    private let stance: Stance
    private var step: Float
    private var depth: Float
    private var lean: Float
    /// Where the hips are between the rear foot and the front one, 1 above the front one; nil for as the form has it.
    private var hips: Float?
    private let width: Float
    private var form: Form
    private let arms: Sided<ArmPosture>?
    /// Whether the arms are those of somebody who begins with the right leg in front.
    private let areArmsSwapped: Bool

    private enum Form { case forward, backward, split }

    init(_ recipe: MotionRecipe) {
        var random = recipe.random
        let style = recipe.style
        let body = recipe.body
        stance = Stance(body, sway: 0.6 * style.sway, width: 0.6...1.4, using: &random)
        form = random.chance(0.5) ? .forward : random.chance(0.55) ? .backward : .split
        step = random.uniform(0.75, 1.15) * body.leg * (0.7 + 0.3 * style.amplitude)
        depth = random.uniform(0.6, 1) * (0.55 + 0.45 * style.amplitude)
        lean = degrees(random.uniform(0, 24))
        width = random.uniform(0.3, 1.1) * body.hipWidth / 2
        let first: PuppetSide = random.chance(0.5) ? .left : .right
        let alternating = form != .split && random.chance(0.55)
        plan = Repetitions(
            style, out: 0.7...1.4, hold: 0...0.5, back: 0.7...1.3, rest: 0.05...0.6, length: recipe.length,
            using: &random, side: first.taking(turns: alternating))
        areArmsSwapped = (form == .backward ? first.other : first) == .right
        switch random.unit() {
        case ..<0.3: arms = Sided(.onHip(using: &random), .onHip(using: &random))
        case ..<0.5: arms = Sided(.guardBeforeChest(using: &random), .guardBeforeChest(using: &random))
        case ..<0.58:
            arms = Sided(.raised(elevation: degrees(90), plane: degrees(random.uniform(0, 90)), elbow: degrees(12)))
        case ..<0.66: arms = Sided(.raised(elevation: degrees(165), plane: degrees(60), elbow: degrees(12)))
        case ..<0.74:
            // One hand behind the neck, one behind the back, as with a dowel.
            arms = Sided(.reach(SIMD3(0.03, 0.02, -0.06), from: .head, elbow: SIMD3(1, 0.4, 0)), .behindBack)
        default: arms = nil
        }
    }

    /// The same person's lunges by another plan: forward, or in a split stance where they did not step forward.
    ///
    /// - Parameters:
    ///   - step: its length, in leg lengths.
    ///   - depth: 1 brings the rear knee near the floor.
    ///   - lean: of the trunk at the bottom.
    ///   - hips: where they are between the rear foot and the front one, 1 above the front one.
    func taking(_ plan: Repetitions, step: Float, depth: Float, lean: Float, hips: Float) -> LungeMotion {
        var motion = self
        motion.plan = plan
        motion.step = step * stance.body.leg
        motion.depth = depth
        motion.lean = lean
        motion.hips = hips
        if form == .backward { motion.form = .split }
        return motion
    }

    func figure(at time: Double) -> Figure {
        let (level, side) = plan.stroke(at: time)
        let front = form == .backward ? (side ?? .left).other : side ?? .left
        let body = stance.body
        let stepping = form == .split ? 1 : min(1, level * 1.6)
        let down = form == .split ? level : max(0, min(1, (level - 0.25) / 0.75))
        let stepped = step * stepping
        let share: Float = form == .backward ? -0.45 : hips ?? 0.55
        let middle: Float = form == .split ? ((hips ?? 0.5) - 0.5) * step * down : stepped * share
        // The rear knee stops a hand's breadth above the floor.
        let lowest = body.shank * 0.42 + body.ankleHeight + 0.12
        let fall = depth * down * (body.hipHeight - lowest - 0.25 * body.thigh)
        var posture = stance.moved(SIMD3(0, -fall, middle), at: time)
        posture.bendTrunk(forward: lean * down, pelvis: 0.5)
        let lift = 0.07 * sin(.pi * stepping) * (form == .split ? 0 : 1)
        let frontPlace: Float = form == .forward ? stepped : form == .split ? 0.5 * step : 0
        let rearPlace: Float = form == .backward ? -stepped : form == .split ? -0.5 * step : 0
        posture.legs[front] = .planted(
            FootPlace(x: width, z: frontPlace, height: form == .forward ? lift : 0, outward: degrees(4)),
            knee: SIMD3(0.06, 0, 1))
        posture.legs[front.other] = .planted(
            FootPlace(
                x: width, z: rearPlace, height: form == .backward ? lift : 0, outward: degrees(4),
                heelLift: degrees(15 + 45 * down) * stepping),
            knee: SIMD3(0.04, -0.35, 1))
        if let arms {
            posture.arms = areArmsSwapped ? arms.swapped : arms
        }
        return body.solve(posture)
    }
}
