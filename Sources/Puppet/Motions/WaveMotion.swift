import Foundation
import Randomness

/// One hand, or both, raised beside or above the head and swung from side to side.
struct WaveMotion: Motion {
    var repetitions: [PuppetRepetition] { beats.all }
    var duration: Double { beats.duration }
    private var beats: Beats
    private let stance: Stance
    private var hands: Set<PuppetSide>
    /// The middle of the hand's way and how far it goes, where the hand leads; nil where the arm swings as a whole.
    private var hand: (middle: SIMD3<Float>, reach: SIMD3<Float>, elbow: SIMD3<Float>)?
    private let elevation: Float
    private let plane: Float
    private let elbow: Float
    private let rotation: Float
    private let swing: Float
    private let fromShoulder: Float
    private let drift: Sway
    private let other: Sided<ArmPosture>
    private let opposed: Float

    init(_ recipe: MotionRecipe) {
        var random = recipe.random
        let style = recipe.style
        stance = Stance(recipe.body, sway: style.sway, width: 0.7...2.2, using: &random)
        hands = random.chance(0.2) ? [.left, .right] : [random.chance(0.5) ? .left : .right]
        let overhead = random.chance(0.35)
        elevation = degrees(overhead ? random.uniform(120, 172) : random.uniform(35, 105))
        plane = degrees(overhead ? random.uniform(20, 85) : random.uniform(20, 85))
        elbow = degrees(overhead ? random.uniform(10, 55) : random.uniform(75, 130))
        // The forearm stands up: the more the arm is out to the side, the more it is turned outwards.
        rotation = overhead ? degrees(random.uniform(-70, -20)) : -plane * random.uniform(0.8, 1.1)
        if random.chance(0.72) {
            let wide = random.uniform(0.035, 0.105) * (0.6 + 0.4 * style.amplitude)
            hand = (
                SIMD3(
                    random.uniform(0.09, 0.22), overhead ? random.uniform(0.18, 0.33) : random.uniform(0.03, 0.17),
                    random.uniform(0.03, 0.16)),
                SIMD3(wide, -wide * random.uniform(0, 0.35), -wide * random.uniform(-0.1, 0.25)),
                SIMD3(random.uniform(0.6, 1), -1, random.uniform(-0.4, 0.2))
            )
        } else {
            hand = nil
        }
        swing = degrees(random.uniform(16, 46)) * (0.5 + 0.5 * style.amplitude)
        fromShoulder = overhead ? random.uniform(0.4, 1) : random.uniform(0, 0.25)
        let frequency = random.uniform(1.0, 2.3) * pow(style.speed, 0.5)
        drift = Sway(degrees(5), pace: 0.3, using: &random)
        other =
            random.chance(0.7)
            ? Sided(.hanging(using: &random), .hanging(using: &random)) : StandMotion.restingArms(using: &random)
        opposed = random.chance(0.5) ? 1 : -1
        let lifted = Double(random.uniform(0.35, 0.8) / style.speed)
        let lifts = Beats.lifts(in: recipe.length, chance: 0.35, using: &random)
        beats = Beats(frequency: frequency, liftTime: lifts ? lifted : 0, length: recipe.length)
        guard recipe.isBroad else { return }
        // An elbow that points away from a hand beyond the head would have to change sides.
        hand?.elbow.y *= 0.4
        if random.chance(0.25) {
            // From the forearm or the wrist alone, the elbow near the body, or by a hand above the head that hardly moves.
            hands = [random.chance(0.5) ? .left : .right]
            let high = random.chance(0.4)
            let wide = random.uniform(0.012, 0.06)
            hand = (
                SIMD3(
                    random.uniform(0.04, 0.2), high ? random.uniform(0.14, 0.3) : random.uniform(-0.06, 0.14),
                    random.uniform(0.04, 0.22)),
                SIMD3(wide, -wide * random.uniform(0, 0.4), 0),
                SIMD3(0.5, high ? -0.4 : -1, random.uniform(-0.4, 0.2))
            )
            beats = Beats(
                frequency: random.uniform(wide < 0.025 ? 1.8 : 1.2, 3.4), liftTime: lifts ? lifted : 0,
                length: recipe.length)
            return
        }
        guard random.chance(0.65) else { return }
        // Wide, from across the room: one hand or both, by whole arms, well above the shoulders mostly.
        if random.chance(0.45) { hands = [.left, .right] }
        let high = random.chance(0.7)
        let wide = random.uniform(0.06, 0.22)
        hand = (
            SIMD3(
                random.uniform(0.06, 0.26), high ? random.uniform(0.16, 0.36) : random.uniform(-0.02, 0.16),
                random.uniform(0, 0.14)),
            SIMD3(wide, -wide * random.uniform(0, 0.5), wide * random.uniform(-0.2, 0.2)),
            SIMD3(1, random.uniform(-0.3, 0), random.uniform(-0.4, 0.2))
        )
        beats = Beats(
            frequency: min(random.uniform(0.45, 2.2), 0.22 / wide), liftTime: lifts ? lifted : 0, length: recipe.length)
    }

    func figure(at time: Double) -> Figure {
        var posture = stance.posture(at: time)
        let up = beats.lift(at: time)
        let phase = beats.phase(at: time)
        for side in PuppetSide.allCases {
            var arm = other[side]
            if hands.contains(side) {
                let way = -cos(phase) * (side == .left ? 1 : opposed)
                let beat = way * swing
                let swung = ArmPosture.raised(
                    elevation: elevation + drift(time) + fromShoulder * beat * 0.6, plane: plane,
                    rotation: rotation + beat * (1 - fromShoulder), elbow: elbow + fromShoulder * beat * 0.4,
                    wrist: 0.2 * beat)
                let led = hand.map { hand in
                    // The hand falls a little towards both ends of its way.
                    let offset = hand.reach * SIMD3(way, way * way, way * way) + SIMD3(0.12 * drift(time), 0, 0)
                    return ArmPosture.reach(hand.middle + offset, from: .chest, elbow: hand.elbow, wrist: -0.15 * way)
                }
                arm = .mix(arm, led ?? swung, up)
            }
            posture.arms[side] = arm
        }
        return stance.body.solve(posture)
    }
}
