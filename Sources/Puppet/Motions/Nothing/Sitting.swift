import Randomness

/// Sitting on a chair or on the floor.
struct Sitting: NothingBase {
    private let stance: Stance
    private let hips: SIMD3<Float>
    private let trunk: Float
    private let legs: Sided<LegPosture>
    private let lean: Sway
    private let twist: Sway
    private let rock: Sway

    init(_ recipe: MotionRecipe) {
        var random = recipe.random
        let body = recipe.body
        stance = Stance(body, sway: recipe.style.sway, width: 0.9...2.4, using: &random)
        lean = Sway(degrees(5), pace: 0.2, using: &random)
        twist = Sway(degrees(8), pace: 0.2, using: &random)
        rock = Sway(degrees(1.5), pace: 0.2, using: &random)
        if random.chance(0.75) {
            hips = SIMD3(0, SitToStandMotion.seatHeight(using: &random), -body.thigh * random.uniform(0.8, 1.05))
            trunk = degrees(random.uniform(-15, 22))
            let feet = stance.feet
            let shift = random.uniform(-0.08, 0.12)
            legs = feet.map { side, foot in
                var place = foot
                place.z += shift * (side == .left ? 1 : -0.5)
                return .planted(place, knee: SIMD3(0.1, 0, 1))
            }
        } else {
            hips = SIMD3(0, 0.1, 0)
            trunk = degrees(random.uniform(-25, 10))
            let knee = degrees(random.chance(0.5) ? random.uniform(5, 30) : random.uniform(70, 125))
            legs = Sided(
                .angles(
                    flexion: degrees(80) + 0.4 * knee + trunk, abduction: degrees(random.uniform(5, 40)),
                    rotation: degrees(random.uniform(0, 45)), knee: knee))
        }
    }

    func posture(at time: Double) -> Posture? {
        var posture = stance.posture(at: time)
        posture.hips = hips
        posture.pelvis = .lean(rock(time))
        posture.lumbar = .identity
        posture.chest = .identity
        posture.bendTrunk(forward: trunk + lean(time), left: 0.4 * lean(time), turn: twist(time), pelvis: 0.4)
        posture.legs = legs
        return posture
    }
}
