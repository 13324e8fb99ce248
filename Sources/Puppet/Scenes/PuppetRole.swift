import Foundation
import Randomness

/// Somebody of a scene whose programme is still being written: it tells when what is written so far is over.
struct PuppetRole {
    let body: PuppetBody
    let look: PuppetLook
    let style: PuppetStyle
    let start: SIMD2<Float>
    let heading: Float
    let seed: UInt64
    private(set) var programme: [PuppetInstruction] = []
    /// When the programme so far is over, in seconds of the scene, and where.
    private(set) var end = 0.0
    private(set) var place: SIMD2<Float>

    init(_ body: PuppetBody, at place: SIMD2<Float>, heading: Float, using random: inout SplitMix64) {
        self.body = body
        look = PuppetLook(using: &random)
        style = PuppetStyle(
            speed: random.uniform(0.75, 1.3), amplitude: 1, sway: random.uniform(0.5, 1.2), variation: 0.05)
        start = place
        self.place = place
        self.heading = heading
        seed = random.next()
    }

    /// Somebody known.
    init(_ body: PuppetBody, _ look: PuppetLook, at place: SIMD2<Float>, heading: Float, seed: UInt64) {
        self.body = body
        self.look = look
        style = .clear
        start = place
        self.place = place
        self.heading = heading
        self.seed = seed
    }

    var actor: PuppetActor {
        PuppetActor(body: body, look: look, style: style, at: start, heading: heading, programme: programme, seed: seed)
    }

    mutating func add(_ instruction: PuppetInstruction) {
        programme.append(instruction)
        // What comes later changes nothing of what comes before.
        let last = actor.steps.last!
        end = last.end
        place = last.endPlace
    }

    /// Stands until a moment of the scene, idly or with the arms as told.
    mutating func wait(until time: Double, facing: Float? = nil, arms: PuppetContact.Arms? = nil) {
        guard time - end > 0.02 else { return }
        if let arms {
            var contact = PuppetContact(duration: time - end)
            contact.arms = arms
            add(.meet(contact, heading: facing))
        } else {
            add(.perform(.stand, .seconds(time - end), heading: facing))
        }
    }

    /// To where somebody here faces who looks at a place.
    func heading(to place: SIMD2<Float>) -> Float { atan2(place.x - self.place.x, place.y - self.place.y) }
}
