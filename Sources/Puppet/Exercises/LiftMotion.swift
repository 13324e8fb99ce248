import Foundation
import Randomness

/// Curls, arms raised to the front and to the sides, deadlifts, and legs raised while lying on the back.
struct LiftMotion: RepeatedMotion {
    let plan: Repetitions
    private let exercise: PuppetExercise
    private let body: PuppetBody
    private let stance: Stance
    /// How far it goes, from rest to the turning point.
    private let reach: Float
    private let plane: Float
    private let shake: Sway
    /// How the arms lie on the floor.
    private let armsOut: Float
    /// Of the trunk at the turning point, forward.
    var lean: Float
    var elbow: Float
    var knee: Float

    init(_ exercise: PuppetExercise, _ recipe: MotionRecipe, plan: Repetitions) {
        var random = recipe.random
        self.exercise = exercise
        self.plan = plan
        body = recipe.body
        stance = Stance(recipe.body, sway: 0.5 * recipe.style.sway, width: 0.8...1.8, using: &random)
        shake = Sway(degrees(1), pace: 0.6, using: &random)
        armsOut = degrees(random.uniform(12, 35))
        lean = degrees(random.uniform(-4, 4))
        elbow = degrees(random.uniform(3, 16))
        knee = degrees(random.uniform(3, 16))
        switch exercise {
        case .bicepCurl:
            reach = degrees(random.uniform(118, 138))
            plane = degrees(random.uniform(5, 40))
        case .frontRaise:
            reach = degrees(random.uniform(80, 98))
            plane = degrees(random.uniform(-4, 8))
        case .lateralRaise:
            reach = degrees(random.uniform(80, 95))
            plane = degrees(random.uniform(78, 92))
        case .legRaise:
            reach = degrees(random.uniform(62, 86))
            plane = 0
        default:
            reach = degrees(random.uniform(88, 108))
            plane = 0
        }
    }

    func figure(at time: Double) -> Figure {
        let level = plan.level(at: time)
        return body.solve(exercise == .legRaise ? lying(level, time) : standing(level, time))
    }

    private func standing(_ level: Float, _ time: Double) -> Posture {
        var posture = stance.posture(at: time)
        switch exercise {
        case .bicepCurl:
            posture.arms = Sided(
                .raised(elevation: degrees(8), plane: plane, rotation: 0, elbow: degrees(10) + reach * level))
            posture.bendTrunk(forward: lean * level, pelvis: 0.5)
        case .deadlift:
            posture = stance.moved(SIMD3(0, -0.03 * level, -0.075 * level) * body.stature, at: time)
            posture.bendTrunk(forward: reach * level, pelvis: 0.62)
            posture.arms = Sided(
                .angles(flexion: 0.9 * reach * level, abduction: degrees(5), rotation: 0.2, elbow: degrees(6)))
        default:
            posture.arms = Sided(
                .raised(
                    elevation: degrees(7) + (reach - degrees(7)) * level, plane: plane, elbow: elbow))
            posture.bendTrunk(forward: lean * level, pelvis: 0.5)
        }
        return posture
    }

    /// On the back, the arms beside the body.
    private func lying(_ level: Float, _ time: Double) -> Posture {
        var posture = Posture(
            hips: SIMD3(0, 0.1 * body.girth, 0), pelvis: .lean(-.pi / 2), neck: .lean(degrees(8)),
            arms: Sided(.raised(elevation: armsOut, plane: degrees(88), elbow: 0.1)),
            legs: Sided(
                .angles(
                    flexion: degrees(4) + reach * level + shake(time) * level, abduction: degrees(3),
                    knee: knee * min(1, 0.3 + level))))
        posture.pelvis = posture.pelvis * .turn(0.3 * shake(time))
        return posture
    }
}
