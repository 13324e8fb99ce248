import Foundation
import Randomness

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
