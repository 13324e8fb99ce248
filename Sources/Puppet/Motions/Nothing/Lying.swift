import Randomness

/// Lying on the back, on a side or on the belly.
struct Lying: NothingBase {
    private let body: PuppetBody
    /// About the length of the body, in radians from lying on the back.
    private(set) var roll: Float
    private let rock: Sway
    private let legs: Sided<SIMD3<Float>>
    private let legSway: Sided<Sway>

    init(_ recipe: MotionRecipe) {
        var random = recipe.random
        body = recipe.body
        roll =
            random.chance(0.6)
            ? degrees(random.uniform(-15, 15)) : random.chance(0.5) ? degrees(random.uniform(60, 100)) : degrees(-90)
        let isProne = recipe.isBroad && random.chance(0.3)
        if isProne { roll = .pi + degrees(random.uniform(-15, 15)) }
        rock = Sway(degrees(4), pace: 0.12, using: &random)
        func leg() -> SIMD3<Float> {
            let bent = random.chance(0.4)
            // On the belly thighs lie on the floor, shanks may stand up.
            guard !isProne else {
                return SIMD3(0, degrees(random.uniform(2, 16)), degrees(random.uniform(2, bent ? 95 : 15)))
            }
            return SIMD3(
                degrees(bent ? random.uniform(20, 60) : random.uniform(0, 10)), degrees(random.uniform(2, 16)),
                degrees(bent ? random.uniform(40, 110) : random.uniform(2, 15)))
        }
        legs = Sided(leg(), leg())
        legSway = Sided(Sway(degrees(3), pace: 0.15, using: &random), Sway(degrees(3), pace: 0.15, using: &random))
    }

    func posture(at time: Double) -> Posture? {
        let calm = ArmPosture.raised(elevation: 0.3, plane: 1.2, elbow: 0.3)
        return Posture(
            hips: SIMD3(0, 0.12, 0), pelvis: .lean(-.pi / 2) * .turn(roll + rock(time)), neck: .lean(0.1),
            arms: Sided(calm),
            legs: legs.map { side, leg in
                .angles(flexion: leg.x + legSway[side](time), abduction: leg.y, knee: leg.z + legSway[side](time))
            })
    }
}
