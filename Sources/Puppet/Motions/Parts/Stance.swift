import Randomness

/// An upright person on both feet, never quite still: what most movements start from.
struct Stance: Sendable {
    let body: PuppetBody
    var feet: Sided<FootPlace>
    /// Knees that the legs bend towards, x outwards.
    let knee = SIMD3<Float>(0.08, 0, 1)
    private let restingArms: Sided<ArmPosture>
    private let shift: Sway
    private let forth: Sway
    private let dip: Sway
    private let lean: Sway
    private let tip: Sway
    private let twist: Sway
    private let nod: Sway
    private let look: Sway
    private let armUnrest: Sided<Sway>
    private let slouch: Float
    /// How far the hips hang below straight legs, metres.
    private let softness: Float

    /// - Parameter width: between the ankles, in hip widths.
    init(_ body: PuppetBody, sway: Float, width: ClosedRange<Float> = 0.9...1.8, using random: inout SplitMix64) {
        self.body = body
        let half = random.uniform(width.lowerBound, width.upperBound) * body.hipWidth / 2
        let stagger = random.uniform(-0.03, 0.03)
        let outward = random.uniform(2, 18)
        feet = Sided(
            FootPlace(x: half, z: stagger, outward: degrees(outward + random.uniform(-4, 4))),
            FootPlace(x: half, z: -stagger, outward: degrees(outward + random.uniform(-4, 4))))
        restingArms = Sided(.hanging(using: &random), .hanging(using: &random))
        shift = Sway(0.008 * sway, pace: 0.2, using: &random)
        forth = Sway(0.006 * sway, pace: 0.25, using: &random)
        dip = Sway(0.002 * sway, pace: 0.2, using: &random)
        lean = Sway(degrees(1.2) * sway, pace: 0.25, using: &random)
        tip = Sway(degrees(1.0) * sway, pace: 0.2, using: &random)
        twist = Sway(degrees(2.0) * sway, pace: 0.2, using: &random)
        nod = Sway(degrees(4) * sway, pace: 0.2, using: &random)
        look = Sway(degrees(9) * sway, pace: 0.2, using: &random)
        armUnrest = Sided(Sway(0.008 * sway, using: &random), Sway(0.008 * sway, using: &random))
        slouch = degrees(random.uniform(-2, 9))
        softness = random.chance(0.85) ? random.uniform(0, 0.004) : random.uniform(0.004, 0.015)
    }

    /// The resting posture at a time.
    func posture(at time: Double) -> Posture {
        var posture = Posture(
            hips: SIMD3(shift(time), body.hipHeight - softness + dip(time), forth(time)),
            arms: restingArms.map { side, arm in
                let sway = armUnrest[side](time)
                return arm.shifted(by: SIMD3(sway, -sway, sway))
            },
            legs: feet.map { _, foot in .planted(foot, knee: knee) })
        posture.bendTrunk(forward: slouch + lean(time), left: tip(time), turn: twist(time), pelvis: 0.15)
        posture.neck = .turn(look(time)) * .lean(nod(time) - 0.5 * slouch)
        return posture
    }

    /// The posture with the hips moved and planted feet where they are.
    func moved(_ offset: SIMD3<Float>, at time: Double) -> Posture {
        var posture = posture(at: time)
        posture.hips += offset
        return posture
    }
}
