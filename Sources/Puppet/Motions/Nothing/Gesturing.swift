import Foundation
import Randomness

/// Arms in the air with nothing in the hands: shapes and letters drawn, wings, crawl strokes, a ladder climbed, pointing,
/// beckoning, swiping, and postures held like the letters of a semaphore.
struct Gesturing: NothingBase {
    private let stance: Stance
    private let form: Form
    private let hands: Set<PuppetSide>
    private let rest: Sided<ArmPosture>
    private let stations: ArmScript?
    private let frequency: Float
    private let size: SIMD3<Float>
    private let middle: SIMD3<Float>
    private let shape: SIMD4<Float>
    private let opposed: Float
    private let trunk: Float
    private let bounce: Float
    /// When the hands are up, in seconds, one time after another.
    private let spells: [Range<Double>]

    private enum Form { case drawing, wings, strokes, ladder, pointing, beckoning, swiping, postures, roaming }

    init(_ recipe: MotionRecipe) {
        var random = recipe.random
        stance = Stance(recipe.body, sway: recipe.style.sway, width: 0.8...2.6, using: &random)
        switch random.unit() {
        case ..<0.22: form = .drawing
        case ..<0.32: form = .wings
        case ..<0.4: form = .strokes
        case ..<0.48: form = .ladder
        case ..<0.56: form = .pointing
        case ..<0.63: form = .beckoning
        case ..<0.7: form = .swiping
        case ..<0.86: form = .postures
        default: form = .roaming
        }
        let both = [.wings, .strokes, .ladder].contains(form) || form == .drawing && random.chance(0.2)
        hands = both ? [.left, .right] : [random.chance(0.65) ? .right : .left]
        rest =
            random.chance(0.8)
            ? Sided(.hanging(using: &random), .hanging(using: &random)) : StandMotion.restingArms(using: &random)
        let pace = pow(recipe.style.speed, 0.5)
        frequency =
            pace
            * (form == .wings || form == .beckoning ? random.uniform(0.5, 1.8) : random.uniform(0.25, 0.8))
        let wide = random.uniform(0.06, 0.22)
        size = SIMD3(wide, wide * random.uniform(0.5, 1.2), wide * random.uniform(0, 0.3))
        middle = SIMD3(random.uniform(-0.02, 0.14), random.uniform(-0.1, 0.16), random.uniform(0.16, 0.28))
        shape = SIMD4(
            random.uniform(0.6, 2.4), random.uniform(0, 2 * .pi), random.uniform(0.6, 2.4), random.uniform(0, 2 * .pi))
        opposed = random.chance(0.5) ? 1 : -1
        trunk = form == .strokes ? degrees(random.uniform(5, 60)) : degrees(random.uniform(-4, 10))
        bounce = form == .wings || form == .ladder ? random.uniform(0, 0.05) * recipe.body.stature : 0
        var spells: [Range<Double>] = []
        var time = Double(random.uniform(-2, 0.6))
        while time < recipe.length.seconds {
            let length = Double(
                form == .pointing || form == .swiping ? random.uniform(0.9, 2.5) : random.uniform(1.5, 5))
            spells.append(time..<time + length)
            time += length + Double(random.uniform(0.1, 1.2))
        }
        self.spells = spells
        stations =
            switch form {
            case .postures:
                Self.script(
                    recipe.length, hold: 0.4...2, moving: 0.4...1, alike: 0.45, Self.letter, using: &random)
            case .roaming:
                Self.script(
                    recipe.length, hold: 0...0.5, moving: 0.4...1.1, alike: 0.35, Self.roaming, using: &random)
            default: nil
            }
    }

    var usesArms: Bool { false }

    /// Arms that go from one drawn posture to the next.
    ///
    /// - Parameter alike: chance that both do the same.
    private static func script(
        _ length: PuppetLength, hold: ClosedRange<Float>, moving: ClosedRange<Float>, alike: Float,
        _ arm: @escaping (inout SplitMix64) -> ArmPosture, using random: inout SplitMix64
    ) -> ArmScript {
        ArmScript(until: length.seconds, hold: hold, moving: moving, unrest: 0.006, using: &random) { random in
            let first = arm(&random)
            return random.chance(alike) ? Sided(first) : Sided(first, arm(&random))
        }
    }

    /// A stroke of a letter made with an arm.
    private static func letter(_ random: inout SplitMix64) -> ArmPosture {
        if random.chance(0.2) { return random.chance(0.5) ? .onHip(using: &random) : .hanging(using: &random) }
        return .raised(
            elevation: degrees(random.uniform(25, 155)), plane: degrees(random.uniform(35, 100)),
            rotation: degrees(random.uniform(-60, 60)), elbow: degrees(random.chance(0.5) ? 8 : random.uniform(30, 120))
        )
    }

    /// The hand anywhere it can go without strain.
    private static func roaming(_ random: inout SplitMix64) -> ArmPosture {
        .reach(
            SIMD3(random.uniform(-0.1, 0.3), random.uniform(-0.28, 0.3), random.uniform(0.04, 0.3)), from: .chest,
            elbow: SIMD3(1, -0.5, random.uniform(-0.5, 0.1)))
    }

    func posture(at time: Double) -> Posture? { nil }

    func figure(at time: Double) -> Figure {
        var posture = stance.posture(at: time)
        posture.arms = rest
        let phase = 2 * .pi * frequency * Float(time)
        if let stations {
            posture.arms = stations.arms(at: time)
            return stance.body.solve(posture)
        }
        let (up, share) = spell(at: time)
        posture.bendTrunk(forward: trunk * up, turn: 0.06 * sin(phase) * up, pelvis: 0.5)
        posture.hips.y -= bounce * up * (1 - cos(phase)) / 2
        if form == .ladder {
            posture.legs = stance.feet.map { side, foot in
                var place = foot
                place.height = 0.12 * up * max(0, side.sign * sin(phase))
                return .planted(place, knee: stance.knee)
            }
        }
        for side in PuppetSide.allCases where hands.contains(side) {
            posture.arms[side] = .mix(rest[side], arm(side, phase, share: share), up)
        }
        return stance.body.solve(posture)
    }

    /// How far the hands are up, and how much of that time has passed, 0…1 each.
    private func spell(at time: Double) -> (up: Float, share: Float) {
        guard let spell = spells.last(where: { $0.lowerBound <= time }), spell.contains(time) else { return (0, 0) }
        let raising = min(time - spell.lowerBound, spell.upperBound - time) / 0.5
        let passed = (time - spell.lowerBound) / (spell.upperBound - spell.lowerBound)
        return (Easing.minimumJerk(Float(raising)), Easing.minimumJerk(Float(passed)))
    }

    private func arm(_ side: PuppetSide, _ phase: Float, share: Float) -> ArmPosture {
        func reach(_ offset: SIMD3<Float>) -> ArmPosture {
            let place = middle + offset
            let up = max(0, min(1, 0.3 + 4 * place.y))
            return .reach(place, from: .chest, elbow: SIMD3(mix(0.4, 1, up), -0.4, mix(-1, -0.2, up)))
        }
        switch form {
        case .wings:
            return .raised(
                elevation: degrees(72) + size.x * 3 * sin(phase), plane: degrees(85), elbow: 0.15 + 0.3 * size.y)
        case .strokes:
            let turn = phase + side.sign * .pi / 2
            return .raised(
                elevation: degrees(95) + degrees(60) * sin(turn), plane: degrees(30) + degrees(25) * cos(turn),
                elbow: 0.5 + 0.4 * cos(turn))
        case .ladder:
            return reach(SIMD3(0.04, 0.06 + size.y * side.sign * sin(phase), 0))
        case .pointing:
            return reach(SIMD3(size.x * opposed * 0.6, 0, 0.04))
        case .beckoning:
            let bent = degrees(70) + degrees(45) * sin(phase)
            return .raised(elevation: degrees(40) + size.x, plane: degrees(25), rotation: -0.2, elbow: bent)
        case .swiping:
            // Once across: there and back would be a wave.
            return reach(SIMD3(1.4 * size.x * opposed * (2 * share - 1), 0.1 * size.y - 0.05, 0.02))
        default:
            // A curve of two sines goes where a finger goes that draws circles, eights and crosses.
            return reach(size * SIMD3(sin(shape.x * phase + shape.y), sin(shape.z * phase + shape.w), cos(phase)))
        }
    }
}
