import Foundation
import Randomness

/// Down onto a chair and up again; the feet stay where they are.
struct SitToStandMotion: RepeatedMotion {
    let plan: Repetitions
    private let stance: Stance
    private let seat: Float
    private let back: Float
    private let lean: Float
    private let sitting: Float
    private let armsSitting: Sided<ArmPosture>
    private let armsMoving: Sided<ArmPosture>

    init(_ recipe: MotionRecipe) {
        var random = recipe.random
        let style = recipe.style
        let body = recipe.body
        stance = Stance(body, sway: 0.7 * style.sway, width: 1...2.2, using: &random)
        seat = Self.seatHeight(using: &random)
        back = body.thigh * random.uniform(0.85, 1.02)
        lean = degrees(random.uniform(25, 55))
        sitting = degrees(random.uniform(-12, 12))
        let sitFirst = random.chance(0.5)
        var tempo = Repetitions.Tempo(
            out: random.uniform(0.9, 2) / style.speed,
            hold: sitFirst ? random.uniform(0.2, 2) : random.uniform(0.1, 1.2),
            back: random.uniform(0.8, 1.8) / style.speed, rest: random.uniform(0.1, 1.2), variation: style.variation)
        // Who stays on the chair only sits.
        if recipe.isBroad {
            tempo.hold = random.uniform(0, 0.5)
            tempo.rest = random.uniform(0, 0.5)
        }
        if recipe.isBroad, random.chance(0.4) {
            // Without care, as onto a chair one knows.
            tempo.out *= random.uniform(0.5, 0.8)
            tempo.back *= random.uniform(0.5, 0.8)
        }
        plan = Repetitions(tempo, length: recipe.length, using: &random)
        let knees = ArmPosture.reach(SIMD3(0.06, 0.05, 0.16), from: .pelvis, elbow: SIMD3(1, -0.2, -1))
        switch random.unit() {
        case ..<0.45: armsSitting = Sided(knees)
        case ..<0.6: armsSitting = Sided(.crossed(over: true), .crossed(over: false))
        case ..<0.75: armsSitting = Sided(.clasped(low: true))
        case ..<0.85: armsSitting = Sided(.raised(elevation: degrees(80), plane: 0.1, elbow: 0.2))
        default: armsSitting = Sided(.hanging(using: &random), .hanging(using: &random))
        }
        switch random.unit() {
        case ..<0.35: armsMoving = armsSitting
        case ..<0.6: armsMoving = Sided(knees)
        case ..<0.75: armsMoving = Sided(.raised(elevation: degrees(random.uniform(40, 85)), plane: 0.15, elbow: 0.3))
        default: armsMoving = Sided(.hanging(using: &random), .hanging(using: &random))
        }
    }

    /// Hip centre of somebody who sits on a chair, above the floor in metres.
    static func seatHeight(using random: inout SplitMix64) -> Float { random.uniform(0.46, 0.58) }

    func figure(at time: Double) -> Figure {
        let level = plan.level(at: time)
        let amplitude = plan.current(at: time)?.repetition.amplitude ?? 1
        let share = level / amplitude
        let body = stance.body
        // The trunk leans forward early in sitting down and comes back once on the seat.
        let leaning = sin(.pi * min(1, share * 1.02)) * (0.35 + 0.65 * share)
        let depth = (body.hipHeight - seat) * share
        var posture = stance.moved(SIMD3(0, -depth, -back * share), at: time)
        posture.bendTrunk(forward: lean * leaning + sitting * share, pelvis: 0.6)
        posture.neck = posture.neck * .lean(-0.4 * lean * leaning)
        posture.legs = stance.feet.map { _, foot in .planted(foot, knee: SIMD3(0.12, 0, 1)) }
        let resting = posture.arms
        posture.arms = resting.map { side, arm in
            share < 0.5
                ? .mix(arm, armsMoving[side], Easing.cosine(share * 2))
                : .mix(armsMoving[side], armsSitting[side], Easing.cosine(share * 2 - 1))
        }
        return body.solve(posture)
    }
}
