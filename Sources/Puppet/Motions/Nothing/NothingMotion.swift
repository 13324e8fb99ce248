import Foundation
import Randomness

/// Whatever people do that has no name here: gestures and handling things, dancing, turning on the spot, sitting,
/// lying, crawling, stepping about, and getting from one posture to another.
struct NothingMotion: Motion {
    let repetitions: [PuppetRepetition] = []
    let duration: Double
    private let base: any NothingBase
    private let body: PuppetBody
    private let script: ArmScript?
    private let spin: Sway
    private let spinRate: Float

    init(_ recipe: MotionRecipe) {
        var random = recipe.random
        body = recipe.body
        duration = recipe.length.seconds
        var inner = recipe
        inner.random = random.fork()
        let drawn = NothingForm.drawn(random.unit(), isBroad: recipe.isBroad)
        let form = recipe.form ?? drawn
        switch form {
        case .standing: base = StandingBusiness(inner)
        case .handling: base = Handling(inner)
        case .gesturing: base = Gesturing(inner)
        case .exercising: base = OtherExercise(inner)
        case .dancing: base = Dancing(inner)
        case .sitting: base = Sitting(inner)
        case .lying: base = Lying(inner)
        case .crawling: base = Crawling(inner)
        case .blending: base = Blending(inner)
        }
        spinRate =
            form == .standing && random.chance(recipe.isBroad ? 1 : 0.3)
            ? degrees(random.uniform(recipe.isBroad ? 45 : 20, 100)) * (random.chance(0.5) ? 1 : -1) : 0
        let turns = [.standing, .handling, .gesturing, .exercising, .dancing].contains(form)
        spin = Sway(degrees(turns ? 14 : 3), pace: 0.25, using: &random)
        if base.usesArms {
            script = ArmScript(
                until: duration, hold: 0.1...2.2, moving: 0.3...1.1, unrest: random.uniform(0.002, 0.02), using: &random
            ) { random in Sided(Self.arm(using: &random), Self.arm(using: &random)) }
        } else {
            script = nil
        }
    }

    private static func arm(using random: inout SplitMix64) -> ArmPosture {
        switch random.unit() {
        case ..<0.22: .hanging(using: &random)
        case ..<0.34: .somewhere(using: &random)
        case ..<0.44: .talking(using: &random)
        case ..<0.52: .atMouth(using: &random)
        case ..<0.6: .atEar(using: &random)
        case ..<0.68: .atHair(using: &random)
        case ..<0.77: .onBody(using: &random)
        case ..<0.85: .beforeChest(using: &random)
        case ..<0.92: .atTable(using: &random)
        default: .onHip(using: &random)
        }
    }

    func turn(at time: Double) -> Float { spinRate * Float(time) + spin(time) - spin(0) }

    func figure(at time: Double) -> Figure {
        guard var posture = base.posture(at: time) else { return body.onFloor(base.figure(at: time)) }
        if let script { posture.arms = script.arms(at: time) }
        return body.onFloor(body.solve(posture))
    }
}
