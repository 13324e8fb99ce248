import Foundation
import Randomness

/// Hands beaten together before the chest, at the face or overhead.
struct ClapMotion: Motion {
    var repetitions: [PuppetRepetition] { beats.all }
    var duration: Double { beats.duration }
    private var beats: Beats
    private let stance: Stance
    private var place: SIMD3<Float>
    private var opening: SIMD3<Float>
    private let pole: SIMD3<Float>
    private let wander: Sided<Sway>
    private let still: Float
    private let nod: Float

    init(_ recipe: MotionRecipe) {
        var random = recipe.random
        let style = recipe.style
        stance = Stance(recipe.body, sway: style.sway, width: 0.7...2, using: &random)
        let overhead = random.chance(0.14)
        place =
            overhead
            ? SIMD3(0.028, random.uniform(0.2, 0.33), random.uniform(0.02, 0.12))
            : SIMD3(0.028, random.uniform(-0.17, 0.06), random.uniform(0.13, 0.24))
        let wide = random.uniform(0.05, 0.18) * (0.4 + 0.6 * style.amplitude)
        opening = SIMD3(wide, wide * random.uniform(-0.35, 0.35), -wide * random.uniform(0, 0.4))
        pole = overhead ? SIMD3(1, 0.1, 0.2) : SIMD3(random.uniform(0.5, 1), -1, -0.1)
        // Wide claps are slower than narrow ones.
        let frequency = min(3.8, random.uniform(1.6, 3.2) * style.speed * (1.15 - 2.5 * wide))
        wander = Sided(Sway(0.006, using: &random), Sway(0.006, using: &random))
        still = random.chance(0.3) ? 1 : 0
        nod = degrees(random.uniform(0, 2))
        let lifts = Beats.lifts(in: recipe.length, chance: 0.3, using: &random)
        beats = Beats(
            frequency: frequency, liftTime: lifts ? Double(random.uniform(0.3, 0.6) / style.speed) : 0,
            length: recipe.length)
        guard recipe.isBroad, random.chance(0.45) else { return }
        // Wide claps with nearly straight arms.
        let far = random.uniform(0.14, 0.42)
        opening = SIMD3(far, far * random.uniform(-0.2, 0.4), -far * random.uniform(0.1, 0.7))
        place.z = random.uniform(0.2, 0.3)
        beats = Beats(
            frequency: random.uniform(0.8, min(2.2, 0.5 / far)) * min(1.3, style.speed),
            liftTime: lifts ? Double(random.uniform(0.3, 0.6) / style.speed) : 0, length: recipe.length)
    }

    func figure(at time: Double) -> Figure {
        var posture = stance.posture(at: time)
        let up = beats.lift(at: time)
        // Apart at whole cycles, together in the middle.
        let apart = pow((1 + cos(beats.phase(at: time))) / 2, 0.8)
        posture.arms = posture.arms.map { side, arm in
            // Sometimes one hand is held and the other beats.
            let share: Float = still == 1 && side == .right ? 0.15 : 1
            let sway = wander.left(time)
            let target = place + opening * apart * share + SIMD3(0, sway, wander.right(time))
            return .mix(arm, .reach(target, from: .chest, elbow: pole), up)
        }
        posture.neck = posture.neck * .lean(nod * apart)
        return stance.body.solve(posture)
    }
}
