import Foundation
import Randomness

/// Falling from standing or walking to the floor, forward, backward or to a side, and lying there.
struct FallMotion: Motion {
    let repetitions: [PuppetRepetition]
    let duration: Double
    private let body: PuppetBody
    private let before: any Motion
    private let down: Posture
    private let landing: SIMD2<Float>
    private let buckling: Float
    /// Where the fall starts, and what limbs do halfway down.
    private let standing: Figure
    private let buckled: Figure
    private let unrest: Sway

    private var fall: PuppetRepetition { repetitions[0] }

    init(_ recipe: MotionRecipe) {
        var random = recipe.random
        body = recipe.body
        var first = recipe
        first.random = random.fork()
        let kinds: [PuppetKind] = [.stand, .stand, .walk, .nothing]
        let kind = random.pick(kinds)
        before = PuppetPerformance.motion(kind, kind == .nothing ? first.taking(.standing) : first)
        let start = Double(random.uniform(0.3, 1.2))
        let end = start + Double(random.uniform(0.55, 1.3))
        repetitions = [.once(from: start, to: end)]
        duration = recipe.length.duration(whenDoneAt: end + 0.6)
        let side: Float = random.chance(0.5) ? 1 : -1
        let turn: Quaternion
        let way: SIMD2<Float>
        switch random.unit() {
        case ..<0.38:
            turn = .lean(degrees(random.uniform(84, 94))) * .turn(degrees(20) * random.gaussian())
            way = SIMD2(0.1 * side, 1)
        case ..<0.7:
            turn = .lean(-degrees(random.uniform(84, 94))) * .turn(degrees(20) * random.gaussian())
            way = SIMD2(0.1 * side, -1)
        default:
            turn = .roll(-side * degrees(random.uniform(84, 94))) * .turn(degrees(20) * random.gaussian())
            way = SIMD2(side, 0.2)
        }
        landing = way * random.uniform(0.25, 0.6) * recipe.body.hipHeight
        func arm() -> ArmPosture {
            .raised(
                elevation: degrees(random.uniform(15, 130)), plane: degrees(random.uniform(10, 90)),
                elbow: degrees(random.uniform(10, 100)))
        }
        let flailing = Sided(arm(), arm())
        down = Self.lying(turn, at: landing, body: body, arms: Sided(arm(), arm()), using: &random)
        buckling = random.uniform(0, 1)
        unrest = Sway(degrees(2), pace: 0.2, using: &random)
        standing = before.figure(at: start)
        var folded = down
        folded.arms = flailing
        folded.legs = Sided(.angles(flexion: degrees(50), abduction: degrees(8), knee: degrees(85), ankle: 0.2))
        buckled = body.solve(folded)
    }

    /// On the floor, with limbs bent as far as the floor lets them.
    private static func lying(
        _ turn: Quaternion, at place: SIMD2<Float>, body: PuppetBody, arms: Sided<ArmPosture>,
        using random: inout SplitMix64
    ) -> Posture {
        let knees = Sided(random.uniform(5, 80), random.uniform(5, 80))
        let spread = random.uniform(2, 18)
        let neck = Quaternion.lean(0.15 * random.gaussian())
        let straight = ArmPosture.raised(elevation: degrees(12), plane: degrees(80), elbow: degrees(8))
        func posture(_ share: Float) -> Posture {
            Posture(
                hips: SIMD3(place.x, 0.13, place.y), pelvis: turn, neck: neck,
                arms: arms.map { .mix(straight, $1, share) },
                legs: knees.map { _, knee in
                    .angles(
                        flexion: degrees(0.6 * knee * share), abduction: degrees(spread * share),
                        knee: degrees(knee * share))
                })
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
        // An upright body that tips falls ever faster.
        let share = Float(min(1, (time - fall.start) / (fall.end - fall.start)))
        let tipped = share * share * (1.6 - 0.6 * share)
        var lying = down
        lying.pelvis = .turn(unrest(time)) * lying.pelvis
        var figure = standing.mixed(with: body.solve(lying), tipped)
        let between = sin(.pi * tipped)
        figure.arms = figure.arms.map { $1.mixed(with: buckled.arms[$0], 0.8 * between) }
        figure.legs = figure.legs.map { $1.mixed(with: buckled.legs[$0], 0.7 * buckling * between) }
        let angle = tipped * .pi / 2
        let height = standing.hips.y * cos(angle) * (1 - 0.25 * buckling * between) + down.hips.y * sin(angle)
        figure.hips = SIMD3(
            standing.hips.x + landing.x * sin(angle), height, standing.hips.z + landing.y * sin(angle))
        return body.onFloor(figure)
    }
}
