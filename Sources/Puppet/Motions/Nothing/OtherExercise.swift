import Foundation
import Randomness

/// Exercises without a name here: pull-ups, presses lying on a bench, curls and push-downs, presses overhead, swings on
/// straight arms, circling arms, arms raised halfway, elbows pulled back, bending to the side.
struct OtherExercise: NothingBase {
    private let body: PuppetBody
    private let stance: Stance
    private let plan: Repetitions
    private let form: Form
    private let sway: Sway
    private let wide: Float
    private let tilt: Float
    private let knees: Float

    private enum Form {
        case pullUp, benchPress, curl, pushDown, overheadPress, row, swing, armCircles, halfRaise, chestPull, sideBend
    }

    init(_ recipe: MotionRecipe) {
        var random = recipe.random
        body = recipe.body
        stance = Stance(recipe.body, sway: 0.6 * recipe.style.sway, width: 0.8...2.2, using: &random)
        switch random.unit() {
        case ..<0.2: form = .pullUp
        case ..<0.38: form = .benchPress
        case ..<0.45: form = .curl
        case ..<0.56: form = .pushDown
        case ..<0.61: form = .overheadPress
        case ..<0.67: form = .row
        case ..<0.75: form = .swing
        case ..<0.81: form = .armCircles
        case ..<0.88: form = .halfRaise
        case ..<0.94: form = .chestPull
        default: form = .sideBend
        }
        wide = random.uniform(0.02, 0.2)
        tilt = degrees(random.uniform(-12, 12))
        knees = degrees(random.chance(0.5) ? random.uniform(0, 20) : random.uniform(40, 100))
        sway = Sway(degrees(form == .pullUp ? 5 : 2) * recipe.style.sway, pace: 0.5, using: &random)
        plan = Repetitions(
            .init(
                out: random.uniform(0.5, 1.5) / recipe.style.speed, hold: random.uniform(0, 0.4),
                back: random.uniform(0.5, 1.5) / recipe.style.speed, rest: random.uniform(0, 0.9),
                variation: recipe.style.variation, amplitudeVariation: 0.1),
            length: recipe.length, using: &random)
    }

    var usesArms: Bool { false }

    func posture(at time: Double) -> Posture? { nil }

    func figure(at time: Double) -> Figure {
        let level = plan.level(at: time)
        var posture = stance.posture(at: time)
        switch form {
        case .pullUp: hang(&posture, level, time)
        case .benchPress: lie(&posture, level, time)
        case .swing: prop(&posture, level, time)
        case .curl, .pushDown:
            // The upper arms stay at the sides, the forearms go.
            let bent = form == .curl ? degrees(10) + degrees(120) * level : degrees(115) - degrees(100) * level
            posture.arms = Sided(
                .raised(
                    elevation: degrees(form == .curl ? 8 : 18), plane: degrees(30), rotation: degrees(10) * wide,
                    elbow: bent))
            posture.bendTrunk(forward: form == .curl ? 0.05 * level : degrees(12) + 0.05 * level, pelvis: 0.6)
        case .overheadPress:
            let high = SIMD3(0.1 + 0.3 * wide, mix(0.04, 0.3, level), mix(0.08, 0.02, level))
            posture.arms = Sided(.reach(high, from: .chest, elbow: SIMD3(1, -0.6, 0.2)))
        case .armCircles:
            let phase = 2 * .pi * Float(time) * (0.4 + 4 * wide)
            let size = degrees(10) + abs(tilt)
            posture.arms = Sided(
                .raised(
                    elevation: degrees(88) + size * sin(phase), plane: degrees(80) + size * cos(phase), elbow: wide))
        case .halfRaise:
            posture.arms = Sided(
                .raised(
                    elevation: degrees(8) + (degrees(38) + tilt) * level, plane: degrees(10) + 0.8 * knees,
                    elbow: degrees(8) + wide))
        case .chestPull:
            // The elbows at the height of the shoulders, the hands before the chest and apart.
            let hand = SIMD3(mix(0.03, 0.1 + 0.4 * wide, level), -0.04 + 0.1 * tilt, mix(0.14, 0.06, level))
            posture.arms = Sided(.reach(hand, from: .chest, elbow: SIMD3(1, 0, -0.4 * level)))
        case .sideBend:
            let side: Float = (plan.current(at: time)?.index ?? 0) % 2 == 0 ? 1 : -1
            posture.bendTrunk(left: side * (degrees(22) + tilt) * level, pelvis: 0.3)
            if knees < degrees(20) {
                posture.arms = Sided(.raised(elevation: degrees(165), plane: degrees(60), elbow: 0.2))
            }
        case .row:
            posture.bendTrunk(forward: degrees(45) + tilt, pelvis: 0.7)
            posture.hips += SIMD3(0, -0.04, -0.1) * body.stature
            let hand = SIMD3(0.06 + 0.3 * wide, mix(-0.05, 0.06, level), mix(0.32, 0.12, level))
            posture.arms = Sided(.reach(hand, from: .chest, elbow: SIMD3(0.5, 0.4, -1)))
        }
        return body.solve(posture)
    }

    /// On a bar: the hands stay, the body goes up.
    private func hang(_ posture: inout Posture, _ level: Float, _ time: Double) {
        let low = 0.93 * body.arm
        let below = mix(low, 0.25 * body.arm, level)
        posture.hips = SIMD3(0, body.hipHeight + 0.3 + (low - below), 0)
        posture.bendTrunk(forward: sway(time) - 0.1 * level, pelvis: 0.4)
        let hand = SIMD3(0.02 + wide, below / body.stature, 0.04)
        posture.arms = Sided(.reach(hand, from: .chest, elbow: SIMD3(1, -0.6, 0.3)))
        posture.legs = Sided(
            .angles(flexion: 0.1 + 0.2 * knees + sway(time), abduction: 0.04, knee: knees, ankle: degrees(-25)))
    }

    /// On the back on a bench: the hands go up from the chest, the feet stand on the floor.
    private func lie(_ posture: inout Posture, _ level: Float, _ time: Double) {
        posture.hips = SIMD3(0, 0.5, 0)
        posture.pelvis = .lean(-.pi / 2 + 0.5 * abs(tilt)) * .turn(0.3 * sway(time))
        posture.lumbar = .identity
        posture.chest = .identity
        posture.neck = .identity
        let hand = SIMD3(0.05 + wide, mix(-0.06, 0.01, level), mix(0.08, 0.92 * body.arm / body.stature, level))
        posture.arms = Sided(.reach(hand, from: .chest, elbow: SIMD3(1, -0.3, -0.4)))
        posture.legs = Sided(
            .angles(flexion: degrees(10) + 0.3 * knees, abduction: degrees(12), knee: degrees(60) + 0.3 * knees))
    }

    /// On straight arms, the hands at hip height, the legs swinging round.
    private func prop(_ posture: inout Posture, _ level: Float, _ time: Double) {
        let phase = 2 * .pi * Float(time) * (0.5 + 2 * wide)
        posture.hips = SIMD3(0, body.hipHeight + 0.1, 0)
        posture.bendTrunk(forward: degrees(15) * sin(phase) + tilt, left: degrees(25) * cos(phase), pelvis: 0.4)
        posture.arms = Sided(
            .reach(SIMD3(0.05 + 0.3 * wide, -0.27, 0.05 * sin(phase)), from: .chest, elbow: SIMD3(0.6, 0, -1)))
        posture.legs = Sided(
            .angles(
                flexion: degrees(35) + degrees(45) * sin(phase), abduction: degrees(10) + degrees(15) * level,
                rotation: 0, knee: 0.1))
        posture.pelvis = .roll(degrees(25) * cos(phase)) * posture.pelvis
    }
}
