import Foundation
import Randomness

/// On the feet, with the trunk turning and leaning after what the hands do, and now and then a step.
struct StandingBusiness: NothingBase {
    private let stance: Stance
    private let forward: Sway
    private let side: Sway
    private let twist: Sway
    private let dip: Sway
    private let shift: Sway
    private let depth: Float
    private let stepping: Float
    private let cadence: Float
    private let lift: Float

    init(_ recipe: MotionRecipe) {
        var random = recipe.random
        stance = Stance(recipe.body, sway: 1.5 * recipe.style.sway, width: 0.8...2.6, using: &random)
        let lively = random.uniform(0.3, 1.4)
        forward = Sway(degrees(9) * lively, pace: 0.3, using: &random)
        side = Sway(degrees(5) * lively, pace: 0.3, using: &random)
        twist = Sway(degrees(16) * lively, pace: 0.3, using: &random)
        dip = Sway(1, pace: 0.25, using: &random)
        depth = random.chance(0.3) ? random.uniform(0.01, 0.05) * recipe.body.stature : 0
        shift = Sway(random.uniform(0.005, 0.04), pace: 0.3, using: &random)
        stepping = random.chance(0.45) ? 1 : 0
        cadence = random.uniform(0.4, 1.1)
        lift = random.uniform(0.02, 0.09)
    }

    func posture(at time: Double) -> Posture? {
        var posture = stance.moved(SIMD3(shift(time), -depth * (1 + dip(time)), 0), at: time)
        posture.bendTrunk(forward: max(-0.15, forward(time) + 0.08), left: side(time), turn: twist(time), pelvis: 0.35)
        if stepping > 0 {
            let phase = Float(time) * cadence
            posture.hips.x += 0.02 * sin(2 * .pi * phase)
            posture.legs = stance.feet.map { side, foot in
                let p = phase + (side == .left ? 0 : 0.5)
                let t = (p - p.rounded(.down)) / 0.35
                let up = t < 1 ? sin(.pi * t) : 0
                var place = foot
                place.height = lift * up
                place.z += 0.08 * sin(0.9 * Float(time) + side.sign)
                place.heelLift = degrees(25) * up
                return .planted(place, knee: stance.knee)
            }
        }
        return posture
    }
}
