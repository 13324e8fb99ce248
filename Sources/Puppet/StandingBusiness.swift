import Foundation

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

/// Lying on the back or on the side.
struct Lying: NothingBase {
    private let body: PuppetBody
    private let roll: Float
    private let rock: Sway
    private let legs: Sided<SIMD3<Float>>
    private let legSway: Sided<Sway>

    init(_ recipe: MotionRecipe) {
        var random = recipe.random
        body = recipe.body
        roll =
            random.chance(0.6)
            ? degrees(random.uniform(-15, 15)) : random.chance(0.5) ? degrees(random.uniform(60, 100)) : degrees(-90)
        rock = Sway(degrees(4), pace: 0.12, using: &random)
        func leg() -> SIMD3<Float> {
            let bent = random.chance(0.4)
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

/// On hands and knees, on the spot or along.
struct Crawling: NothingBase {
    private let body: PuppetBody
    private let cadence: Float
    private let stride: Float
    private let sway: Sway
    private let look: Sway

    init(_ recipe: MotionRecipe) {
        var random = recipe.random
        body = recipe.body
        cadence = random.uniform(0.4, 1.1)
        stride = random.chance(0.7) ? random.uniform(0.08, 0.3) : random.uniform(0, 0.03)
        sway = Sway(degrees(4), pace: 0.4, using: &random)
        look = Sway(degrees(15), pace: 0.2, using: &random)
    }

    var usesArms: Bool { false }

    func posture(at time: Double) -> Posture? { nil }

    func figure(at time: Double) -> Figure {
        let p = 2 * .pi * cadence * Float(time)
        let height = body.thigh + 0.05
        let trunk = body.lumbar + body.chest
        let rise = asin(max(-0.6, min(0.6, (0.93 * body.arm - height) / trunk)))
        func leg(_ phase: Float) -> LegPosture {
            // Thighs swing about the upright, shanks lie on the floor.
            let swing = stride / body.thigh * sin(phase)
            return .angles(flexion: .pi / 2 - rise + swing, abduction: 0.06, knee: .pi / 2 + swing - 0.05, ankle: -0.7)
        }
        func hand(_ phase: Float) -> ArmPosture {
            let lift = max(0, cos(phase)) * 0.08 * min(1, stride * 5)
            return .reach(
                SIMD3(body.shoulderWidth / 2 + 0.02, 0.04 + lift, trunk * cos(rise) + stride * sin(phase))
                    / body.stature,
                from: .floor, elbow: SIMD3(0.7, 0, -0.6), flat: true)
        }
        let posture = Posture(
            hips: SIMD3(0, height, 0), pelvis: .lean(.pi / 2 - rise) * .roll(sway(time)), lumbar: .turn(sway(time)),
            neck: .lean(degrees(-20)) * .turn(look(time)), arms: Sided(hand(p + .pi), hand(p)),
            legs: Sided(leg(p), leg(p + .pi)))
        return body.solve(posture)
    }
}

/// Getting from one movement into another and back: the moments between actions.
struct Blending: NothingBase {
    private let first: any Motion
    private let second: any Motion
    private let changes: [Double]
    private let time: Float

    init(_ recipe: MotionRecipe) {
        var random = recipe.random
        let kinds: [PuppetKind] = [.stand, .walk, .squat, .bend, .armRaise, .sitToStand, .pushUp, .sitUp, .lunge, .run]
        func motion() -> any Motion {
            PuppetPerformance.motion(
                random.pick(kinds),
                MotionRecipe(body: recipe.body, style: recipe.style, length: recipe.length, random: random.fork()))
        }
        first = motion()
        second = motion()
        // Changes follow each other closely, so that most moments are part of one.
        var changes: [Double] = []
        var next = Double(random.uniform(-0.5, 0.4))
        while next < recipe.length.seconds {
            changes.append(next)
            next += Double(random.uniform(1.1, 2.2))
        }
        self.changes = changes
        time = random.uniform(0.9, 1.8)
    }

    var usesArms: Bool { false }

    func posture(at time: Double) -> Posture? { nil }

    func figure(at now: Double) -> Figure {
        var weight: Float = 0
        for (index, change) in changes.enumerated() where change <= now {
            let share = Easing.minimumJerk(Float(now - change) / min(time, 1.1))
            weight = index % 2 == 0 ? share : 1 - share
        }
        return first.figure(at: now).mixed(with: second.figure(at: now), weight)
    }
}
