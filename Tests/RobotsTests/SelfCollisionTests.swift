import Foundation
import Randomness
import Robots
import Testing

struct SelfCollisionTests {
    private func place(_ random: inout SplitMix64) -> Vector3 {
        Vector3(Double(random.unit()), Double(random.unit()), Double(random.unit()))
    }

    @Test("the distance of two segments is that of their nearest points")
    func segments() {
        var random = SplitMix64(seed: 1)
        for round in 0..<200 {
            let one = (place(&random), place(&random))
            // Points and parallel lines too.
            let other =
                round % 10 == 0
                ? (place(&random), Vector3.zero)
                : round % 10 == 1
                    ? (one.0 + [0, 0, 1], one.1 + [0, 0, 1])
                    : round % 10 == 2 ? (one.0, one.0) : (place(&random), place(&random))
            var least = Double.infinity
            for i in 0...60 {
                for k in 0...60 {
                    let a = one.0 + (one.1 - one.0) * (Double(i) / 60)
                    let b = other.0 + (other.1 - other.0) * (Double(k) / 60)
                    least = min(least, (a - b).length)
                }
            }
            let found = SelfCollision.distance(one, other)
            #expect(found <= least + 1e-9)
            #expect(found > least - 0.03)
        }
    }

    @Test("a capsule holds all its places, and no more than it must")
    func capsule() {
        var random = SplitMix64(seed: 2)
        for _ in 0..<100 {
            let size = place(&random) + Vector3(0.05, 0.05, 0.05)
            let turn = Rotation(Double(random.unit()) * 6, round: [0.6, 0, 0.8])
            let places = (0..<60).map { _ in turn * ((place(&random) - [0.5, 0.5, 0.5]) * size) }
            let capsule = LinkCapsule(link: 0, holding: places)
            for place in places {
                let distance = SelfCollision.distance((place, place), (capsule.start, capsule.end))
                #expect(distance <= capsule.radius + 1e-9)
            }
            #expect(capsule.radius <= size.length / 2 + 1e-9)
        }
    }

    @Test("an arm of a person's shape hits its post when it bends back, and not when it hangs")
    func arm() throws {
        var robot = try URDFReader.read("Fixtures/robots/seven.urdf")
        try SRDFReader.read("Fixtures/robots/seven.srdf", into: &robot)
        let capsules = robot.capsules(urdf: "Fixtures/robots/seven.urdf")
        #expect(robot.warnings.isEmpty)
        let chain = KinematicChain(of: robot, to: try #require(robot.link(named: "hand")))
        let rest = [Double](repeating: 0, count: 7)
        var bodies = SelfCollision(robot, capsules: capsules, chains: [chain], rest: [rest], clearance: 0.01)
        #expect(bodies.touchingAtRest.isEmpty)
        #expect(bodies.pairCount > 4)
        let near = bodies.closest(at: [rest])
        let hanging = try #require(near)
        #expect(hanging.distance > 0.01)
        let bending = bodies.closest(at: [[0, 1.1, 0, 0, 0, 0, 0]])
        let bent = try #require(bending)
        #expect(bent.distance < 0)
        #expect(bent.pair.first == "post")
    }

    @Test("nothing moves further than the levers say")
    func levers() throws {
        let robot = try URDFReader.read("Fixtures/robots/seven.urdf")
        var copy = robot
        let capsules = copy.capsules(urdf: "Fixtures/robots/seven.urdf")
        let chain = KinematicChain(of: robot, to: try #require(robot.link(named: "hand")))
        let bodies = SelfCollision(
            robot, capsules: capsules, chains: [chain], rest: [[Double](repeating: 0, count: 7)], clearance: 0.01)
        let tip = try #require(chain.point(of: robot.link(named: "hand")!, offset: [0, 0, -0.05]))
        var random = SplitMix64(seed: 3)
        for _ in 0..<200 {
            let a = chain.joints.map { _ in Double(random.uniform(-1.5...1.5)) }
            let changes = chain.joints.map { _ in Double(random.uniform(-0.3...0.3)) }
            let b = zip(a, changes).map { $0 + $1 }
            let moved =
                (chain.place(of: tip, chain.placements(at: a)) - chain.place(of: tip, chain.placements(at: b))).length
            #expect(moved <= bodies.reach(of: 0, moving: changes) + 1e-9)
        }
    }
}
