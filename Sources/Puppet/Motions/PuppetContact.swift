import Foundation
import Randomness

/// What somebody does with somebody else who stands before them, or how they bear it.
///
/// Times are seconds from the contact's beginning. Places are metres from where the person stands then: x to the hand's own
/// side, y up from the floor, z ahead.
package struct PuppetContact: Sendable, Hashable {
    /// A hand's way to a place, where it stays for a while, and back.
    package struct Reach: Sendable, Hashable {
        package var side: PuppetSide
        package var place: SIMD3<Float>
        package var start: Double
        package var out: Double
        package var hold: Double
        package var back: Double
        /// Whether the hand goes off like a blow instead of being put there.
        package var isQuick = false
        /// How far and how often a second the hand goes up and down while it stays.
        package var shake: Float = 0
        package var shakeRate: Float = 2.4
    }

    /// A way of the whole person, forward or, if negative, back.
    package struct Shift: Sendable, Hashable {
        package var distance: Float
        package var start: Double
        package var time: Double
    }

    package var duration: Double
    package var reaches: [Reach] = []
    package var shifts: [Shift] = []
    /// How far the trunk leans forward while hands are out, and back while the person is shifted back, in radians.
    package var lean: Float = 0
    /// What the arms do that have nothing else to do.
    package var arms = Arms.hanging

    package enum Arms: Sendable, Hashable {
        /// They hang.
        case hanging
        /// They hang, are on the hips, in the pockets or behind the back: close to the body, as before somebody near.
        case close
        /// They gesture as in talk.
        case talking
    }
}

/// Standing before somebody, with what the hands do to them.
struct ContactMotion: Motion {
    let repetitions: [PuppetRepetition] = []
    let duration: Double
    private let contact: PuppetContact
    private let stance: Stance
    private let script: ArmScript?
    private let body: PuppetBody

    init(_ contact: PuppetContact, _ recipe: MotionRecipe) {
        var random = recipe.random
        self.contact = contact
        body = recipe.body
        duration = contact.duration
        stance = Stance(recipe.body, sway: recipe.style.sway, using: &random)
        script = Self.script(contact.arms, until: duration, using: &random)
    }

    private static func script(
        _ arms: PuppetContact.Arms, until duration: Double, using random: inout SplitMix64
    ) -> ArmScript? {
        switch arms {
        case .hanging: nil
        case .close:
            ArmScript(until: duration, hold: 2...6, moving: 0.5...1.2, unrest: 0.003, using: &random) { random in
                switch random.unit() {
                case ..<0.6: Sided(.hanging(using: &random), .hanging(using: &random))
                case ..<0.7: Sided(.onHip(using: &random), .hanging(using: &random))
                case ..<0.8: Sided(.hanging(using: &random), .inPocket(using: &random))
                case ..<0.92: Sided(.inPocket(using: &random), .inPocket(using: &random))
                default: Sided(.behindBack, .behindBack)
                }
            }
        case .talking:
            ArmScript(until: duration, hold: 0.2...2, moving: 0.3...0.9, unrest: 0.006, using: &random) { random in
                func arm() -> ArmPosture {
                    random.chance(0.45) ? .talking(using: &random) : .hanging(using: &random)
                }
                return random.chance(0.15) ? StandMotion.restingArms(using: &random) : Sided(arm(), arm())
            }
        }
    }

    func travel(at time: Double) -> Float {
        contact.shifts.reduce(0) { $0 + $1.distance * Easing.minimumJerk(Float((time - $1.start) / $1.time)) }
    }

    func figure(at time: Double) -> Figure {
        var posture = stance.posture(at: time)
        if let script { posture.arms = script.arms(at: time) }
        var out: Float = 0
        for reach in contact.reaches {
            let level = reach.level(at: time)
            guard level > 0 else { continue }
            out = max(out, level)
            var place = reach.place
            if reach.shake > 0 {
                let phase = Float(time - reach.start - reach.out) * reach.shakeRate * 2 * .pi
                place.y += reach.shake * sin(phase) * level
            }
            posture.arms[reach.side] = .mix(
                posture.arms[reach.side],
                .reach(place / body.stature, from: .floor, elbow: SIMD3(0.7, -1, -0.2)), level)
        }
        step(&posture, at: time)
        let pace = (travel(at: time + 0.05) - travel(at: time - 0.05)) / 0.1
        posture.bendTrunk(forward: contact.lean * out + max(-0.25, min(0.15, 0.3 * pace)), pelvis: 0.4)
        return body.solve(posture)
    }

    /// Lifts the feet in turn while the person shifts.
    private func step(_ posture: inout Posture, at time: Double) {
        let way = travel(at: time)
        let pace = abs(travel(at: time + 0.05) - way) / 0.05
        guard pace > 0.05 else { return }
        posture.legs = stance.feet.map { side, foot in
            let phase = 2 * .pi * way / 0.45 + (side == .left ? 0 : .pi)
            var place = foot
            place.height = min(0.08, 0.1 * pace) * max(0, sin(phase))
            place.z += min(0.1, 0.12 * pace) * cos(phase)
            return .planted(place, knee: stance.knee)
        }
    }
}

extension PuppetContact.Reach {
    /// How far on its way the hand is, 0…1.
    func level(at time: Double) -> Float {
        let easing: Easing = isQuick ? .strike : .minimumJerk
        return easing(Float((time - start) / out)) * (1 - Easing.minimumJerk(Float((time - start - out - hold) / back)))
    }
}
