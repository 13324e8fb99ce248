import Foundation
import Randomness

/// Handling things with large strokes of one arm or both: throwing, pushing, pulling, hammering, swinging a racket or a
/// club, catching, drawing in the air, reaching for things.
struct Handling: NothingBase {
    private let stance: Stance
    private let duration: Double
    private let strokes: [Stroke]
    private let rest: Sided<ArmPosture>
    private let hands: Set<PuppetSide>
    /// Where working hands hang.
    private let low: SIMD3<Float>
    private let lean: Float
    private let twist: Float
    private let step: Float

    /// One way of the hands through space, from rest and back.
    private struct Stroke: Sendable {
        var start: Double
        var end: Double
        /// Places of the wrist in shares of the stature from the line of the shoulders, evenly spaced in time.
        var way: [SIMD3<Float>]
    }

    init(_ recipe: MotionRecipe) {
        var random = recipe.random
        stance = Stance(recipe.body, sway: recipe.style.sway, width: 0.8...2.6, using: &random)
        duration = recipe.length.seconds
        let both = random.chance(0.35)
        let working: PuppetSide = random.chance(0.6) ? .right : .left
        hands = both ? [.left, .right] : [working]
        rest =
            random.chance(0.7)
            ? Sided(.hanging(using: &random), .hanging(using: &random)) : StandMotion.restingArms(using: &random)
        low = SIMD3(random.uniform(0.11, 0.16), random.uniform(-0.32, -0.22), random.uniform(0.02, 0.1))
        lean = degrees(random.uniform(0, 22))
        twist = both ? 0 : degrees(random.uniform(0, 35)) * (working == .left ? -1 : 1)
        step = random.chance(0.4) ? random.uniform(0.05, 0.3) * recipe.body.leg : 0
        let form = random.unit()
        var strokes: [Stroke] = []
        var time = Double(random.uniform(-1, 0.8))
        while time < duration {
            let way = Self.way(form, both: both, using: &random)
            // No arm gets from one place to the next in less than a third of a second.
            let length = Double(max(random.uniform(0.7, 2.2) / recipe.style.speed, Float(way.count + 1) / 3))
            strokes.append(Stroke(start: time, end: time + length, way: way))
            time += length + Double(random.chance(0.5) ? random.uniform(0, 0.3) : random.uniform(0.3, 1.5))
        }
        self.strokes = strokes
    }

    var usesArms: Bool { false }

    private static func way(_ form: Float, both: Bool, using random: inout SplitMix64) -> [SIMD3<Float>] {
        func near(_ x: Float, _ y: Float, _ z: Float) -> SIMD3<Float> {
            SIMD3(x + random.uniform(-0.03, 0.03), y + random.uniform(-0.04, 0.04), z + random.uniform(-0.03, 0.03))
        }
        switch form {
        case ..<0.16:
            // Thrown from behind the head, or from below.
            return random.chance(0.7)
                ? [near(0.1, -0.1, 0.22), near(0.14, 0.18, 0.04), near(0.03, 0, 0.32), near(-0.06, -0.25, 0.22)]
                : [near(0.1, -0.28, -0.14), near(0.06, -0.22, 0.2), near(0.03, -0.02, 0.3)]
        case ..<0.3:
            // Pushed away with the hands before the chest.
            let far = near(both ? 0.06 : 0.03, -0.06, 0.31)
            return [near(0.07, -0.1, 0.12), far, far, near(0.07, -0.14, 0.14)]
        case ..<0.44:
            // Pulled close.
            let close = near(0.07, -0.14, 0.1)
            return [near(0.05, -0.08, 0.3), near(0.05, -0.1, 0.28), close, close]
        case ..<0.54:
            // Beaten with a hammer.
            let (high, low) = (near(0.07, 0.1, 0.14), near(0.05, -0.12, 0.25))
            return [high, low, high, low]
        case ..<0.74:
            // Drawn in the air: a circle, a cross, a tick.
            let middle = near(0, -0.04, 0.25)
            let size = random.uniform(0.06, 0.17)
            func at(_ x: Float, _ y: Float) -> SIMD3<Float> { middle + size * SIMD3(x, y, -0.2 * (x * x + y * y)) }
            switch random.unit() {
            case ..<0.45: return [at(0, 1), at(0.9, 0.3), at(0.6, -0.8), at(-0.6, -0.8), at(-0.9, 0.3), at(0, 1)]
            case ..<0.75: return [at(-1, 1), at(1, -1), at(1, -0.2), at(1, 1), at(-1, -1)]
            default: return [at(-0.8, 0), at(-0.2, -0.9), at(1, 1)]
            }
        case ..<0.84:
            // A racket: from the side, or from overhead.
            return random.chance(0.6)
                ? [near(0.26, -0.14, -0.04), near(0.2, -0.06, 0.16), near(-0.1, 0.02, 0.28), near(-0.12, 0.08, 0.16)]
                : [near(0.12, -0.06, 0.2), near(0.12, 0.3, 0.04), near(0, 0.1, 0.3), near(-0.1, -0.25, 0.2)]
        case ..<0.92:
            // A club or a broom, low and across the body.
            return [near(0.2, 0, 0.08), near(0.04, -0.3, 0.2), near(-0.16, -0.02, 0.14)]
        default:
            // Something taken from a shelf or caught.
            let there = near(0.04, random.uniform(-0.1, 0.25), 0.27)
            return [near(0.05, -0.1, 0.15), there, near(0.03, -0.12, 0.14)]
        }
    }

    func posture(at time: Double) -> Posture? { nil }

    func figure(at time: Double) -> Figure {
        var posture = stance.posture(at: time)
        posture.arms = rest
        guard let stroke = strokes.last(where: { $0.start <= time }), time < stroke.end else {
            work(at: low, &posture)
            return stance.body.solve(posture)
        }
        let share = Float((time - stroke.start) / (stroke.end - stroke.start))
        // A fifth of the time to lift the hand, and a fifth to let it sink.
        let level = Easing.minimumJerk(min(share, 1 - share) * 5)
        let along = max(0, min(1, (share - 0.1) / 0.8)) * Float(stroke.way.count - 1)
        let index = min(Int(along), stroke.way.count - 2)
        let eased = Easing.cosine(along - Float(index))
        let there = stroke.way[index] + (stroke.way[index + 1] - stroke.way[index]) * eased
        work(at: low + (there - low) * level, &posture)
        posture.bendTrunk(forward: lean * level * (share - 0.3), turn: twist * level * (2 * share - 1), pelvis: 0.4)
        if step > 0 {
            let front: PuppetSide = hands.contains(.right) ? .left : .right
            var foot = stance.feet[front]
            foot.z += step * level
            posture.legs[front] = .planted(foot, knee: stance.knee)
            posture.hips.z += 0.4 * step * level
        }
        return stance.body.solve(posture)
    }

    /// Puts the working hands at a place, in shares of the stature from the line of the shoulders.
    private func work(at place: SIMD3<Float>, _ posture: inout Posture) {
        // The elbow goes out as the hand goes up, so that it never has to change sides.
        let up = max(0, min(1, 0.3 + 4 * place.y))
        let elbow = SIMD3(mix(0.4, 1, up), -0.3, mix(-1, -0.2, up))
        for side in PuppetSide.allCases where hands.contains(side) {
            posture.arms[side] = .reach(place, from: .chest, elbow: elbow)
        }
    }
}
