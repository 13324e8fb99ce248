import Foundation
import Randomness

/// A wide step to the side, down over the bent leg while the other stays straight.
struct SideLungeMotion: RepeatedMotion {
    let plan: Repetitions
    private let stance: Stance
    private let step: Float
    private let depth: Float
    private let lean: Float
    private let stepping: Bool
    private let armsDown: Sided<ArmPosture>
    private let armsUp: Sided<ArmPosture>

    init(_ recipe: MotionRecipe) {
        var random = recipe.random
        let style = recipe.style
        let body = recipe.body
        stance = Stance(body, sway: 0.6 * style.sway, width: 0.7...1.6, using: &random)
        step = random.uniform(0.8, 1.2) * body.leg * (0.75 + 0.25 * style.amplitude)
        depth = random.uniform(0.5, 1) * (0.6 + 0.4 * style.amplitude)
        lean = degrees(random.uniform(8, 52))
        // Either out from standing, or from side to side in a wide stance.
        stepping = random.chance(0.65)
        let first: PuppetSide = random.chance(0.5) ? .left : .right
        let alternating = random.chance(stepping ? 0.45 : 0.8)
        plan = Repetitions(
            style, out: 0.7...1.4, hold: 0...0.5, back: 0.7...1.3, rest: 0.05...0.6, length: recipe.length,
            using: &random, side: first.taking(turns: alternating))
        armsUp = Sided(.hanging(using: &random), .hanging(using: &random))
        switch random.unit() {
        case ..<0.3: armsDown = Sided(.guardBeforeChest(using: &random))
        case ..<0.5:
            armsDown = Sided(.raised(elevation: degrees(random.uniform(60, 95)), plane: 0.1, elbow: degrees(15)))
        case ..<0.7: armsDown = Sided(.onHip(using: &random))
        default: armsDown = armsUp
        }
    }

    func figure(at time: Double) -> Figure {
        let (level, side) = plan.stroke(at: time)
        let side1 = side ?? .left
        let body = stance.body
        let out: Float = stepping ? min(1, level * 1.6) : 1
        let down = stepping ? max(0, min(1, (level - 0.2) / 0.8)) : level
        let half = stance.feet.left.x
        let bentPlace = stepping ? half + (step - half) * out : step * 0.55
        let straightPlace = stepping ? half : step * 0.55
        let start: Float = stepping ? (bentPlace - straightPlace) / 2 * out : 0
        let over = mix(start, bentPlace - 0.35 * body.hipWidth, 0.72 * down)
        let fall = depth * down * 0.55 * body.leg * 0.8
        var posture = stance.moved(SIMD3(side1.sign * over, -fall, -0.28 * fall), at: time)
        posture.bendTrunk(forward: lean * down, left: -side1.sign * degrees(4) * down, pelvis: 0.6)
        posture.neck = posture.neck * .lean(-0.5 * lean * down)
        let lift = stepping ? 0.06 * sin(.pi * out) : 0
        posture.legs[side1] = .planted(
            FootPlace(x: bentPlace, z: 0, height: lift, outward: degrees(18)), knee: SIMD3(0.25, 0, 1))
        posture.legs[side1.other] = .planted(
            FootPlace(x: straightPlace, z: 0, outward: degrees(8)), knee: SIMD3(0.3, 0, 1))
        posture.arms = posture.arms.map { side, _ in .mix(armsUp[side], armsDown[side], min(1, level * 1.3)) }
        return body.solve(posture)
    }
}
