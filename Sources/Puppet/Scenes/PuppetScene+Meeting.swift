import Foundation
import Imaging
import Skeleton

extension PuppetScene {
    /// Two people: one comes up to the other, they shake hands, hug, the one who waited pushes the one who came, and that
    /// one leaves.
    package static var meeting: PuppetScene {
        let bodies = [PuppetBody(stature: 1.76), PuppetBody(stature: 1.7)]
        var script = MeetingScript(
            bodies: bodies,
            looks: [
                PuppetLook(
                    skin: Color(226, 180, 150), hair: Color(64, 44, 32), shirt: Color(196, 62, 56),
                    trousers: Color(44, 52, 74), shoes: Color(226, 224, 220), longSleeves: true),
                PuppetLook(
                    skin: Color(198, 148, 112), hair: Color(40, 30, 26), shirt: Color(70, 138, 92),
                    trousers: Color(88, 78, 64), shoes: Color(48, 40, 38), longSleeves: true),
            ])
        script.play()
        let camera = PuppetCamera(
            position: SIMD3(0.2, 1.5, 3.9), target: SIMD3(0.2, 0.88, 0), focalLength: 1.3, aspectRatio: 16.0 / 9)
        return PuppetScene(
            name: "meeting", camera: camera, width: 640, height: 360, frameRate: 15, duration: script.end,
            actors: script.roles.map(\.actor), interactions: script.interactions)
    }
}

/// The programme of the meeting: the first waits on the left, the second comes from the right.
private struct MeetingScript {
    private(set) var roles: [PuppetRole]
    private(set) var interactions: [PuppetInteraction] = []
    private let bodies: [PuppetBody]
    private static let distance: Float = 0.78
    private static let left = SIMD2<Float>(-distance / 2, 0)
    private static let right = SIMD2<Float>(distance / 2, 0)

    init(bodies: [PuppetBody], looks: [PuppetLook]) {
        self.bodies = bodies
        roles = [
            PuppetRole(bodies[0], looks[0], at: Self.left, heading: 0.7, seed: 41),
            PuppetRole(bodies[1], looks[1], at: SIMD2(2.1, 0.1), heading: -0.4, seed: 42),
        ]
    }

    var end: Double { roles.map(\.end).max()! }

    mutating func play() {
        roles[1].wait(until: 1.6, arms: .close)
        let start = roles[1].end
        roles[1].add(.go(.walk, to: Self.right))
        note("approach", by: 1, from: start, to: roles[1].end)
        roles[0].wait(until: roles[1].end - 0.8, arms: .close)
        together(until: roles[1].end + 0.8)
        shakeHands()
        together(until: end + 1)
        hug()
        together(until: end + 1.2)
        push()
        together(until: end + 1.4)
        let leaving = end
        roles[1].add(.go(.walk, to: SIMD2(2.4, 0.1)))
        note("leave", by: 1, from: leaving, to: roles[1].end)
        let last = roles[1].end + 1
        for index in 0...1 { roles[index].wait(until: last, arms: .close) }
    }

    private mutating func together(until time: Double) {
        for index in 0...1 {
            roles[index].wait(
                until: time, facing: roles[index].heading(to: roles[1 - index].place), arms: .close)
        }
    }

    private mutating func shakeHands() {
        let start = end
        for index in 0...1 {
            var reach = PuppetContact.Reach(
                side: .right, place: SIMD3(0, 1, Self.distance / 2 - 0.085), start: 0, out: 0.6, hold: 1.5, back: 0.6)
            reach.shake = 0.02
            var contact = PuppetContact(duration: 2.8)
            contact.reaches = [reach]
            contact.lean = degrees(5)
            contact.arms = .close
            meet(index, contact)
        }
        note("handshake", by: 0, mutual: true, from: start + 0.5, to: start + 2.2)
    }

    private mutating func hug() {
        let start = end
        for index in 0...1 {
            let other = bodies[1 - index].stature
            var contact = PuppetContact(duration: 4)
            contact.shifts = [
                .init(distance: 0.22, start: 0, time: 0.9), .init(distance: -0.2, start: 2.8, time: 0.9),
            ]
            for side in PuppetSide.allCases {
                let height = (side == .left) == (index == 0) ? 0.78 : 0.68
                contact.reaches.append(
                    .init(
                        side: side, place: SIMD3(0.02, Float(height) * other, 0.44), start: 0.1, out: 0.8, hold: 1.8,
                        back: 0.7))
            }
            meet(index, contact)
        }
        note("hug", by: 0, mutual: true, from: start + 0.7, to: start + 2.95)
    }

    private mutating func push() {
        let start = end
        let gap = abs(roles[1].place.x - roles[0].place.x)
        var contact = PuppetContact(duration: 1.8)
        contact.lean = degrees(10)
        contact.shifts = [.init(distance: max(0, gap - 0.66), start: 0.3, time: 0.5)]
        for side in PuppetSide.allCases {
            contact.reaches.append(
                .init(side: side, place: SIMD3(0.1, 1.28, 0.2), start: 0, out: 0.4, hold: 0.5, back: 0.5))
            var thrust = PuppetContact.Reach(
                side: side, place: SIMD3(0.08, 1.3, 0.5), start: 0.6, out: 0.22, hold: 0.15, back: 0.4)
            thrust.isQuick = true
            contact.reaches.append(thrust)
        }
        meet(0, contact)
        var bearing = PuppetContact(duration: 1.8)
        bearing.shifts = [.init(distance: -0.6, start: 0.74, time: 0.7)]
        meet(1, bearing)
        note("push", by: 0, from: start + 0.6, to: start + 1.44)
    }

    private mutating func meet(_ index: Int, _ contact: PuppetContact) {
        roles[index].add(.meet(contact, heading: roles[index].heading(to: roles[1 - index].place)))
    }

    private mutating func note(
        _ label: String, by index: Int, mutual: Bool = false, from start: Double, to end: Double
    ) {
        interactions.append(
            PuppetInteraction(
                label: label, track: TrackID(index + 1), other: TrackID(2 - index), isMutual: mutual,
                start: .microseconds(rounding: start), end: .microseconds(rounding: end)))
    }
}
