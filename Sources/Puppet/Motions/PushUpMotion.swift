import Foundation
import Randomness

/// Push-ups on toes or knees: hands and toes stay on the floor, the body is one line. The head points where the
/// person is headed.
struct PushUpMotion: RepeatedMotion {
    private(set) var plan: Repetitions
    private let body: PuppetBody
    private let onKnees: Bool
    private let handsOut: Float
    private let handsForward: Float
    private var lowest: Float
    private var sag: Float
    private let elbows: SIMD3<Float>
    private let feetApart: Float
    private let look: Float
    private let shake: Sway
    private let hump: Sway

    init(_ recipe: MotionRecipe) {
        var random = recipe.random
        let style = recipe.style
        body = recipe.body
        onKnees = random.chance(0.25)
        handsOut = body.shoulderWidth / 2 + random.uniform(0.0, 0.16)
        handsForward = random.uniform(-0.06, 0.05)
        // Height of the shoulders at the bottom, shares of the arm's length.
        lowest = mix(0.75, random.uniform(0.2, 0.42), 0.45 + 0.55 * style.amplitude)
        sag = degrees(6 * random.gaussian())
        elbows = random.chance(0.6) ? SIMD3(1, 0.1, -0.35) : SIMD3(0.35, 0.1, -1)
        feetApart = random.uniform(0.03, 0.16)
        look = degrees(random.uniform(-35, 10))
        shake = Sway(0.004 * style.sway, pace: 0.8, using: &random)
        hump = Sway(degrees(1.5), pace: 0.4, using: &random)
        plan = Repetitions(
            .init(
                out: random.uniform(0.35, 1.2) / style.speed, hold: random.uniform(0, 0.3),
                back: random.uniform(0.3, 1) / style.speed, rest: random.uniform(0, 0.5), variation: style.variation,
                amplitudeVariation: 0.1, easing: random.chance(0.5) ? .cosine : .minimumJerk),
            length: recipe.length, using: &random)
    }

    /// The same person's push-ups by another plan.
    ///
    /// - Parameters:
    ///   - lowest: height of the shoulders at the bottom, in arm lengths.
    ///   - sag: bend at the hips; above 0 they stick out, below they hang through.
    func taking(_ plan: Repetitions, lowest: Float, sag: Float) -> PushUpMotion {
        var motion = self
        motion.plan = plan
        motion.lowest = lowest
        motion.sag = sag
        return motion
    }

    func figure(at time: Double) -> Figure {
        let level = plan.level(at: time)
        // The pivot on the floor, then the line to the shoulders.
        let pivotHeight: Float = onKnees ? 0.05 : 0.082 * body.stature
        let below: Float = onKnees ? body.thigh : body.leg
        let bend = sag + hump(time)
        let trunk = body.lumbar + body.chest
        let line = (below * below + trunk * trunk + 2 * below * trunk * cos(bend)).squareRoot()
        let top = 0.93 * body.arm + 0.03
        let height = mix(top, lowest * body.arm + 0.05, level) + shake(time)
        let rise = asin(max(-0.9, min(0.9, (height - pivotHeight) / line)))
        // The bend at the hips splits unevenly between the two sides of the triangle.
        let lower = rise + asin(max(-1, min(1, trunk * sin(bend) / line)))
        let upper = lower - bend
        let hips = SIMD3(0, pivotHeight + below * sin(lower), below * cos(lower))
        let trunkTurn = Quaternion.lean(.pi / 2 - upper)
        let topRise = asin(max(-0.9, min(0.9, (top - pivotHeight) / line)))
        let handZ = line * cos(topRise) + handsForward
        let hand = ArmPosture.reach(
            SIMD3(handsOut, 0.045, handZ) / body.stature, from: .floor, elbow: elbows, flat: true)
        // The pelvis goes with the trunk, so the legs turn by what the trunk is bent.
        let shank: Float = onKnees ? degrees(35) + lower : 0.03
        let leg = LegPosture.angles(
            flexion: bend, abduction: asin(feetApart / body.leg), knee: shank,
            ankle: onKnees ? degrees(-25) : toesDown(ankle: pivotHeight, shank: lower))
        let posture = Posture(
            hips: hips, pelvis: trunkTurn, neck: .lean(look), arms: Sided(hand), legs: Sided(leg))
        return body.solve(posture)
    }

    /// How far the toes are pulled up when they stand on the floor below an ankle at this height, the shank rising
    /// forwards by an angle.
    private func toesDown(ankle height: Float, shank angle: Float) -> Float {
        let reach = (body.ankleHeight * body.ankleHeight + body.toeFront * body.toeFront).squareRoot()
        return .pi - asin(min(1, (height - 0.005) / reach)) - angle - atan2(body.toeFront, body.ankleHeight)
    }
}
