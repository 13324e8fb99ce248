import Foundation
import Randomness

/// Falling from standing, walking or running to the floor, and lying there: tipping over in one piece, sinking as the legs
/// give way, or stumbling onto hands and knees first.
struct FallMotion: Motion {
    let repetitions: [PuppetRepetition]
    let duration: Double
    private let body: PuppetBody
    private let before: any Motion
    /// Where the fall starts.
    private let standing: Figure
    /// What the body comes down on first, and when; nil where it tips over in one piece.
    private let middle: (time: Double, figure: Figure)?
    private let down: Posture
    /// What limbs do on the way down, and how far legs take part in it.
    private let flailing: Figure
    private let buckling: Float
    /// How far a walk carries on, in metres.
    private let momentum: Float
    private let unrest: Sway

    private var fall: PuppetRepetition { repetitions[0] }

    /// How somebody comes down.
    private enum Form { case tipping, sinking, stumbling }

    /// Which way somebody comes down.
    private enum Heading { case forward, backward, sideways }

    init(_ recipe: MotionRecipe) {
        var random = recipe.random
        body = recipe.body
        var first = recipe
        first.random = random.fork()
        let kinds: [PuppetKind] = [.stand, .stand, .walk, .walk, .run, .nothing]
        let kind = random.pick(kinds)
        before = PuppetPerformance.motion(kind, kind == .nothing ? first.taking(.standing) : first)
        let form: Form = random.chance(0.5) ? .tipping : random.chance(0.6) ? .sinking : .stumbling
        let start = Double(random.uniform(0.3, 1.2))
        let impact = start + Double(form == .tipping ? random.uniform(0.55, 1.5) : random.uniform(0.45, 1.3))
        let end = form == .tipping ? impact : impact + Double(random.uniform(0.25, 1.1))
        repetitions = [.once(from: start, to: end)]
        duration = recipe.length.duration(whenDoneAt: end + 0.6)
        momentum =
            recipe.body.hipHeight
            * (kind == .walk ? random.uniform(0.1, 0.5) : kind == .run ? random.uniform(0.3, 1) : 0)
        let kneels = random.chance(0.4)
        let heading: Heading =
            switch (form, random.unit()) {
            case (.tipping, ..<0.38), (.stumbling, ..<0.7): .forward
            case (.tipping, ..<0.7): .backward
            case (.sinking, ..<0.6): kneels ? .forward : .backward
            default: .sideways
            }
        let side: Float = random.chance(0.5) ? 1 : -1
        let over = degrees(random.uniform(84, 94))
        let (tip, way): (Quaternion, SIMD2<Float>) =
            switch heading {
            case .forward: (.lean(over), SIMD2(0.1 * side, 1))
            case .backward: (.lean(-over), SIMD2(0.1 * side, -1))
            case .sideways: (.roll(-side * over), SIMD2(side, 0.2))
            }
        let turn = tip * .turn(degrees(20) * random.gaussian())
        let low = Self.low(form, kneels: kneels, recipe, using: &random)
        let reach = random.uniform(0.25, 0.6) * recipe.body.hipHeight * (low == nil ? 1 : 0.5)
        let landing = SIMD2(low?.hips.x ?? 0, low?.hips.z ?? 0) + way * reach
        func arm() -> ArmPosture {
            .raised(
                elevation: degrees(random.uniform(15, 130)), plane: degrees(random.uniform(10, 90)),
                elbow: degrees(random.uniform(10, 100)))
        }
        let thrown = Sided(arm(), arm())
        down = Self.lying(
            turn, at: landing, curled: heading == .forward ? 0 : degrees(random.uniform(0, 30)), body: body,
            arms: Sided(arm(), arm()), using: &random)
        buckling = random.uniform(0, 1)
        unrest = Sway(degrees(2), pace: 0.2, using: &random)
        standing = before.figure(at: start)
        let body = recipe.body
        middle = low.map { (impact, body.onFloor(body.solve($0))) }
        var folded = down
        folded.arms = thrown
        folded.legs = Sided(.angles(flexion: degrees(50), abduction: degrees(8), knee: degrees(85), ankle: 0.2))
        flailing = body.solve(folded)
    }

    /// What the body comes down on first: the bottom or the knees as legs give way, hands and knees of who stumbles; nil of
    /// who tips over in one piece.
    private static func low(
        _ form: Form, kneels: Bool, _ recipe: MotionRecipe, using random: inout SplitMix64
    ) -> Posture? {
        let body = recipe.body
        guard form != .tipping else { return nil }
        var stance = Stance(body, sway: recipe.style.sway, width: 1...2.2, using: &random)
        var posture = stance.posture(at: 0)
        let lean = random.uniform(-25, 40)
        if form == .stumbling {
            let forth = random.uniform(0.1, 0.4) * body.hipHeight
            posture.hips = SIMD3(0, body.thigh * random.uniform(0.7, 1), forth)
            posture.bendTrunk(forward: degrees(random.uniform(55, 85)), pelvis: 0.8)
            posture.legs = Sided(
                .angles(flexion: degrees(random.uniform(55, 80)), abduction: 0.1, knee: degrees(95), ankle: -0.6))
            let ahead = forth / body.stature + random.uniform(0.2, 0.3)
            posture.arms = Sided(
                .reach(SIMD3(0.12, 0.03, ahead), from: .floor, elbow: SIMD3(0.8, 0.2, -0.6), flat: true))
        } else if !kneels {
            // On the bottom, the feet where they were or slipped away ahead.
            posture.hips = SIMD3(random.uniform(-0.1, 0.1), 0.1, -random.uniform(0.1, 0.35))
            posture.bendTrunk(forward: degrees(lean), pelvis: 0.5)
            let slip = random.uniform(0, 0.4)
            for side in PuppetSide.allCases {
                stance.feet[side].z += slip
                posture.legs[side] = .planted(stance.feet[side], knee: SIMD3(0.2, 1, 0.3))
            }
        } else {
            // On the knees.
            posture.hips = SIMD3(0, body.thigh * random.uniform(0.6, 1), random.uniform(-0.05, 0.2))
            posture.bendTrunk(forward: degrees(lean), pelvis: 0.3)
            posture.legs = Sided(
                .angles(flexion: degrees(random.uniform(0, 45)), abduction: 0.1, knee: degrees(105), ankle: -0.6))
        }
        return posture
    }

    /// On the floor, with limbs bent as far as the floor lets them.
    private static func lying(
        _ turn: Quaternion, at place: SIMD2<Float>, curled: Float, body: PuppetBody, arms: Sided<ArmPosture>,
        using random: inout SplitMix64
    ) -> Posture {
        let knees = Sided(random.uniform(5, 80), random.uniform(5, 80))
        let spread = random.uniform(2, 18)
        let neck = Quaternion.lean(0.15 * random.gaussian())
        let straight = ArmPosture.raised(elevation: degrees(12), plane: degrees(80), elbow: degrees(8))
        func posture(_ share: Float) -> Posture {
            var posture = Posture(
                hips: SIMD3(place.x, 0.13, place.y), pelvis: turn, neck: neck,
                arms: arms.map { .mix(straight, $1, share) },
                legs: knees.map { _, knee in
                    .angles(
                        flexion: degrees(0.6 * knee * share), abduction: degrees(spread * share),
                        knee: degrees(knee * share))
                })
            posture.bendTrunk(forward: curled * share, pelvis: 0)
            return posture
        }
        let shares: [Float] = [1, 0.7, 0.4, 0.2]
        return posture(
            shares.first { share in
                let lowest = body.skeleton(body.solve(posture(share))).joints.map(\.y).min() ?? 0
                return lowest > -0.1
            } ?? 0)
    }

    func travel(at time: Double) -> Float { before.travel(at: min(time, fall.start)) }

    func figure(at time: Double) -> Figure {
        guard time > fall.start else { return before.figure(at: time) }
        var lying = down
        lying.pelvis = .turn(unrest(time)) * lying.pelvis
        let end = body.solve(lying)
        var figure: Figure
        if let middle {
            figure =
                time < middle.time
                ? dropped(to: middle.figure, Self.share(of: time, from: fall.start, to: middle.time))
                : settled(from: middle.figure, to: end, Self.share(of: time, from: middle.time, to: fall.end))
        } else {
            figure = tipped(to: end, Self.share(of: time, from: fall.start, to: fall.end))
        }
        let still = 1 - Self.share(of: time, from: fall.start, to: fall.end)
        figure.hips.z += momentum * (1 - still * still)
        return body.onFloor(figure)
    }

    /// Sinking to what is hit first, ever faster.
    private func dropped(to low: Figure, _ share: Float) -> Figure {
        var figure = standing.mixed(with: low, Self.accelerated(share))
        let between = sin(.pi * share)
        figure.arms = figure.arms.map { $1.mixed(with: flailing.arms[$0], 0.7 * between) }
        return figure
    }

    /// Over from what was hit first. Legs stretch last: before, they would lift the body off the floor again.
    private func settled(from low: Figure, to end: Figure, _ share: Float) -> Figure {
        var figure = low.mixed(with: end, Easing.cosine(share))
        let stretched = Easing.cosine(2 * share - 1)
        figure.legs = low.legs.map { $1.mixed(with: end.legs[$0], stretched) }
        return figure
    }

    /// Tipping about the feet. An upright body that tips falls ever faster.
    private func tipped(to end: Figure, _ share: Float) -> Figure {
        let tipped = Self.accelerated(share)
        var figure = standing.mixed(with: end, tipped)
        let between = sin(.pi * tipped)
        figure.arms = figure.arms.map { $1.mixed(with: flailing.arms[$0], 0.8 * between) }
        figure.legs = figure.legs.map { $1.mixed(with: flailing.legs[$0], 0.7 * buckling * between) }
        let angle = tipped * .pi / 2
        let height = standing.hips.y * cos(angle) * (1 - 0.25 * buckling * between) + end.hips.y * sin(angle)
        figure.hips = SIMD3(
            standing.hips.x + end.hips.x * sin(angle), height, standing.hips.z + end.hips.z * sin(angle))
        return figure
    }

    /// How much of a stretch of time is over, 0…1.
    private static func share(of time: Double, from start: Double, to end: Double) -> Float {
        Float(max(0, min(1, (time - start) / (end - start))))
    }

    private static func accelerated(_ share: Float) -> Float { share * share * (1.6 - 0.6 * share) }
}
