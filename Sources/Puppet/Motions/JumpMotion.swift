import Foundation
import Randomness

/// Jumps from both feet: crouch, take-off, flight by gravity, landing.
struct JumpMotion: Motion {
    let repetitions: [PuppetRepetition]
    let duration: Double
    private let stance: Stance
    private let height: Float
    private let crouch: Float
    private let lean: Float
    private let gather: Double
    private let absorb: Double
    private let forward: Float
    private let arms: JumpArms
    private let tuck: Float

    private enum JumpArms: Sendable {
        case swing(back: Float, up: Float)
        case resting
        case onHips(ArmPosture)
        case overhead
    }

    init(_ recipe: MotionRecipe) {
        var random = recipe.random
        let style = recipe.style
        stance = Stance(recipe.body, sway: 0.5 * style.sway, width: 0.8...2, using: &random)
        // Many small hops, or single great jumps.
        let hops = random.chance(0.45)
        height = hops ? random.uniform(0.03, 0.14) : random.uniform(0.12, 0.42) * style.amplitude
        crouch = (hops ? random.uniform(0.02, 0.07) : random.uniform(0.06, 0.17)) * recipe.body.stature
        lean = degrees(hops ? random.uniform(0, 12) : random.uniform(10, 40))
        gather = Double((hops ? random.uniform(0.14, 0.24) : random.uniform(0.26, 0.5)) / style.speed)
        absorb = Double((hops ? random.uniform(0.1, 0.2) : random.uniform(0.2, 0.5)) / style.speed)
        forward = random.chance(0.3) ? random.uniform(0.1, 0.8) : 0
        tuck = random.chance(0.2) ? random.uniform(0.1, 0.5) : random.uniform(0, 0.12)
        switch random.unit() {
        case ..<0.5:
            arms = .swing(
                back: degrees(random.uniform(10, 50)),
                up: degrees(hops ? random.uniform(15, 60) : random.uniform(40, 165)))
        case ..<0.75: arms = .resting
        case ..<0.88: arms = .onHips(.onHip(using: &random))
        default: arms = .overhead
        }
        var rest = hops ? random.uniform(0, 0.12) : random.uniform(0.05, 0.7)
        // Whoever throws the arms up high in one jump after another does jumping jacks, as far as the side shows.
        if recipe.isBroad, case .swing(_, let up) = arms, up > degrees(100) { rest += random.uniform(0.5, 1.2) }
        var all: [PuppetRepetition] = []
        var time = Double(rest) / 2
        while !recipe.length.isReached(at: time, after: all.count) {
            let share = max(0.5, min(1, 1 - 0.1 * abs(random.gaussian())))
            let flight = Self.flight(height * share)
            let vary = Double(1 + style.variation * random.gaussian())
            let takeOff = time + gather * vary
            all.append(
                PuppetRepetition(
                    start: time, turnStart: takeOff, turnEnd: takeOff + flight, end: takeOff + flight + absorb * vary,
                    amplitude: share))
            time = takeOff + flight + absorb * vary + Double(rest) * vary
        }
        repetitions = all
        duration = recipe.length.duration(whenDoneAt: time)
    }

    private static func flight(_ height: Float) -> Double { Double(2 * (2 * height / 9.81).squareRoot()) }

    func travel(at time: Double) -> Float {
        guard forward > 0 else { return 0 }
        return repetitions.reduce(0) { sum, jump in
            sum + forward * max(0, min(1, Float((time - jump.turnStart) / (jump.turnEnd - jump.turnStart))))
        }
    }

    func figure(at time: Double) -> Figure {
        let jump = repetitions.last { $0.start <= time } ?? repetitions.first
        var down: Float = 0
        var up: Float = 0
        var airborne: Float = 0
        var reach: Float = 0
        var tiptoe: Float = 0
        if let jump {
            let amplitude = jump.amplitude
            if time < jump.turnStart {
                let t = max(0, Float((time - jump.start) / (jump.turnStart - jump.start)))
                down =
                    amplitude
                    * (t < 0.6 ? Easing.cosine(t / 0.6) : 1 - Easing.minimumJerk((t - 0.6) / 0.4 * 0.55) / 0.55)
                down = max(0, down)
                reach = t < 0.5 ? -Easing.cosine(t / 0.5) : Easing.cosine(t * 2 - 1) - 1
                tiptoe = max(0, (t - 0.75) / 0.25)
            } else if time < jump.turnEnd {
                let t = Float((time - jump.turnStart) / (jump.turnEnd - jump.turnStart))
                up = height * amplitude * 4 * t * (1 - t)
                airborne = sin(.pi * t)
                reach = Easing.cosine(t / 0.7)
                tiptoe = 1 - 0.4 * t
            } else {
                let t = Float((time - jump.turnEnd) / (jump.end - jump.turnEnd))
                down = amplitude * 0.8 * (t < 0.4 ? Easing.cosine(t / 0.4) : 1 - Easing.cosine((t - 0.4) / 0.6))
                reach = 1 - Easing.cosine(t)
                tiptoe = max(0, 0.6 - t * 4)
            }
        }
        return figure(at: time, down: down, up: up, airborne: airborne, reach: reach, tiptoe: tiptoe)
    }

    private func figure(
        at time: Double, down: Float, up: Float, airborne: Float, reach: Float, tiptoe: Float
    ) -> Figure {
        let body = stance.body
        let lift = body.ballFront * sin(degrees(35) * tiptoe)
        let hips = SIMD3(0, up + lift - crouch * down, -0.35 * crouch * down)
        var posture = stance.moved(hips, at: time)
        posture.bendTrunk(forward: lean * down, pelvis: 0.5)
        posture.neck = posture.neck * .lean(-0.6 * lean * down)
        posture.legs = stance.feet.map { _, foot in
            var foot = foot
            foot.height = up + tuck * airborne * body.leg
            foot.heelLift = degrees(35) * tiptoe
            return .planted(foot, knee: stance.knee)
        }
        switch arms {
        case .swing(let back, let up):
            let raised: ArmPosture = .angles(
                flexion: reach > 0 ? up * reach : back * reach, abduction: degrees(10),
                elbow: degrees(25 + 20 * abs(reach)))
            let moving = min(1, abs(reach) * 4)
            posture.arms = posture.arms.map { _, arm in .mix(arm, raised, moving) }
        case .resting:
            posture.arms = posture.arms.map { _, arm in
                arm.shifted(by: SIMD3(0.03 * reach, 0, 0.05 * abs(reach)))
            }
        case .onHips(let arm): posture.arms = Sided(arm)
        case .overhead:
            posture.arms = Sided(.raised(elevation: degrees(160), plane: degrees(40), elbow: degrees(20)))
        }
        return body.solve(posture)
    }
}
