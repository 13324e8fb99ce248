import Foundation
import Randomness

/// Moving to music: knees, hips, shoulders and arms swing at a common beat.
struct Dancing: NothingBase {
    private let stance: Stance
    private let beat: Float
    private let hips: SIMD3<Float>
    private let trunk: SIMD3<Float>
    private let arms: Sided<SIMD4<Float>>
    private let armOffset: Sided<SIMD4<Float>>
    private let offsets: SIMD4<Float>
    private let lift: Float
    private let mood: Sway

    init(_ recipe: MotionRecipe) {
        var random = recipe.random
        stance = Stance(recipe.body, sway: recipe.style.sway, width: 0.9...2.6, using: &random)
        beat = random.uniform(0.6, 1.3)
        hips = SIMD3(random.uniform(0.01, 0.08), random.uniform(0.01, 0.05), random.uniform(0, 0.04))
        trunk = SIMD3(degrees(random.uniform(0, 12)), degrees(random.uniform(0, 12)), degrees(random.uniform(0, 28)))
        func swing() -> SIMD4<Float> {
            SIMD4(
                degrees(random.uniform(3, 40)), degrees(random.uniform(0, 40)), degrees(random.uniform(0, 40)),
                degrees(random.uniform(0, 35)))
        }
        func middle() -> SIMD4<Float> {
            SIMD4(
                degrees(random.uniform(10, 120)), degrees(random.uniform(0, 90)), degrees(random.uniform(-50, 50)),
                degrees(random.uniform(40, 110)))
        }
        arms = Sided(swing(), swing())
        armOffset = Sided(middle(), middle())
        offsets = SIMD4(random.uniform(0, 6.3), random.uniform(0, 6.3), random.uniform(0, 6.3), random.uniform(0, 6.3))
        lift = random.chance(0.5) ? random.uniform(0.02, 0.12) : 0
        mood = Sway(0.4, pace: 0.15, using: &random)
    }

    var usesArms: Bool { false }

    func posture(at time: Double) -> Posture? { nil }

    func figure(at time: Double) -> Figure {
        let p = 2 * .pi * beat * Float(time) + mood(time)
        let vigour = 1 + mood(time)
        var posture = stance.moved(
            SIMD3(hips.x * sin(p / 2), -hips.y * (1 + cos(p)), hips.z * sin(p / 2 + offsets.x)) * vigour, at: time)
        posture.bendTrunk(
            forward: 0.05 + trunk.x * sin(p + offsets.y) * vigour, left: trunk.y * sin(p / 2 + offsets.z) * vigour,
            turn: trunk.z * sin(p / 2 + offsets.w) * vigour, pelvis: 0.3)
        posture.legs = stance.feet.map { side, foot in
            var place = foot
            place.height = lift * max(0, side.sign * sin(p / 2)) * vigour
            place.heelLift = degrees(25) * max(0, side.sign * sin(p / 2))
            return .planted(place, knee: SIMD3(0.2, 0, 1))
        }
        posture.arms = Sided(arm(.left, p), arm(.right, p))
        return stance.body.solve(posture)
    }

    private func arm(_ side: PuppetSide, _ p: Float) -> ArmPosture {
        let a = arms[side]
        let m = armOffset[side]
        return .raised(
            elevation: m.x + a.x * sin(p / 2 + offsets.x * side.sign), plane: m.y + a.y * sin(p / 2 + offsets.y),
            rotation: m.z + a.z * sin(p + offsets.z * side.sign), elbow: max(0.1, m.w + a.w * sin(p + offsets.w)))
    }
}
