import Foundation
import Randomness

/// Walking and running: the joint angles of a stride, measured means of able adults (walking after Winter 1991,
/// running after Novacheck 1998), scaled by style; the stance foot stays on the floor.
struct GaitMotion: Motion {
    let duration: Double
    let repetitions: [PuppetRepetition]
    private let body: PuppetBody
    private let gait: Gait
    private let pace: Pace
    private let stance: Stance
    private let script: ArmScript?
    private let scriptShare: Sided<Float>
    private let turnRate: Float
    private let turnSway: Sway

    /// How fast strides follow each other.
    private struct Pace: Sendable {
        var cadence: Float
        var offset: Float
        var wobble: Sway

        /// Strides done since the beginning, counted on from the offset.
        func phase(_ time: Double) -> Float { offset + cadence * Float(time) + wobble(time) }
    }

    init(_ recipe: MotionRecipe, running: Bool) {
        var random = recipe.random
        let style = recipe.style
        body = recipe.body
        stance = Stance(recipe.body, sway: 0.6 * style.sway, using: &random)
        gait = Gait(
            running: running, style: style, body: recipe.body, isBroad: recipe.isBroad, using: &random)
        let length = (1.72 / recipe.body.stature).squareRoot()
        let cadence = (running ? 1.35 * pow(style.speed, 0.35) : 0.89 * pow(style.speed, 0.6)) * length * gait.haste
        pace = Pace(
            cadence: cadence, offset: random.unit(), wobble: Sway(0.12 * style.variation, pace: 0.3, using: &random))
        let strides: Int
        switch recipe.length {
        case .seconds(let seconds): strides = Int((Float(seconds) * cadence).rounded(.up))
        case .repetitions(let number): strides = number
        }
        duration = max(
            Double(Float(strides) / cadence), recipe.length == .repetitions(strides) ? 0 : recipe.length.seconds)
        repetitions = (0..<strides).map { index in
            let start = Double(Float(index) / cadence)
            let middle = Double((Float(index) + 0.5) / cadence)
            return PuppetRepetition(
                start: start, turnStart: middle, turnEnd: middle, end: Double(Float(index + 1) / cadence), amplitude: 1)
        }
        turnRate = random.chance(0.35) ? degrees(30 * random.gaussian()) : 0
        turnSway = Sway(degrees(random.chance(0.4) ? 12 : 3), pace: 0.15, using: &random)
        let occupied = random.unit()
        if !running && occupied < 0.42 {
            let both = occupied < 0.2
            scriptShare = both ? Sided(1) : occupied < 0.31 ? Sided(1, 0) : Sided(0, 1)
            script = ArmScript(
                until: duration, hold: 2...8, moving: 0.5...1.2, unrest: 0.004, using: &random
            ) { random in
                func one() -> ArmPosture {
                    switch random.unit() {
                    case ..<0.3: .inPocket(using: &random)
                    case ..<0.5: .beforeChest(using: &random)
                    case ..<0.65: .atEar(using: &random)
                    case ..<0.85: .hanging(using: &random)
                    default: .onBody(using: &random)
                    }
                }
                if both && random.chance(0.4) {
                    let box = ArmPosture.reach(
                        SIMD3(0.075, random.uniform(-0.22, -0.12), 0.16), from: .chest, elbow: SIMD3(0.6, -0.4, -1))
                    return random.chance(0.5) ? Sided(box) : Sided(.behindBack)
                }
                return Sided(one(), one())
            }
        } else {
            script = nil
            scriptShare = Sided(0)
        }
    }

    func travel(at time: Double) -> Float { gait.strideLength * (pace.phase(time) - pace.phase(0)) }

    func turn(at time: Double) -> Float { turnRate * Float(time) + turnSway(time) - turnSway(0) }

    func figure(at time: Double) -> Figure {
        let phase = pace.phase(time)
        var posture = stance.posture(at: time)
        gait.apply(phase, to: &posture)
        if let script {
            let busy = script.arms(at: time)
            posture.arms = posture.arms.map { .mix($1, busy[$0], scriptShare[$0]) }
        }
        return body.solve(posture)
    }
}
