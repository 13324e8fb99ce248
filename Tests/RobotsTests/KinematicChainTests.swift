import Foundation
import Robots
import Testing

@Suite struct KinematicChainTests {
    /// A shoulder that turns round z, an elbow half a metre out that turns round y, a slide along x, and a tip.
    static let robot = RobotDescription(
        name: "bench", links: ["base", "upper", "lower", "slide", "tip"],
        joints: [
            RobotJoint(
                name: "turn", kind: .revolute, parent: 0, child: 1, axis: [0, 0, 1],
                limits: .init(lower: -3, upper: 3, velocity: 1)),
            RobotJoint(
                name: "bend", kind: .continuous, parent: 1, child: 2,
                origin: .init(rotation: .identity, translation: [0.5, 0, 0]), axis: [0, 1, 0],
                limits: .init(lower: -.infinity, upper: .infinity, velocity: 1)),
            RobotJoint(
                name: "reach", kind: .prismatic, parent: 2, child: 3, axis: [1, 0, 0],
                limits: .init(lower: 0, upper: 0.2, velocity: 1)),
            RobotJoint(
                name: "flange", kind: .fixed, parent: 3, child: 4,
                origin: .init(rotation: .identity, translation: [0.3, 0, 0])),
        ])

    @Test("turning a quarter to the left and bending a quarter down puts the tip under the elbow")
    func elbowDown() throws {
        let chain = KinematicChain(of: Self.robot, to: 4)
        let tip = try #require(chain.point(of: 4))
        let place = chain.place(of: tip, chain.placements(at: [.pi / 2, .pi / 2, 0.1]))
        #expect((place - Vector3(0, 0.5, -0.4)).length < 1e-12)
    }

    @Test("a Jacobian is how a place changes, turning and sliding")
    func jacobian() throws {
        let chain = KinematicChain(of: Self.robot, to: 4)
        let tip = try #require(chain.point(of: 4))
        let posture = [0.3, -0.7, 0.05]
        let placements = chain.placements(at: posture)
        let jacobian = chain.jacobian(of: chain.place(of: tip, placements), movedBy: tip.joints, placements)
        for joint in posture.indices {
            var (before, after) = (posture, posture)
            before[joint] -= 1e-6
            after[joint] += 1e-6
            let change =
                chain.place(of: tip, chain.placements(at: after)) - chain.place(of: tip, chain.placements(at: before))
            #expect((change / 2e-6 - jacobian[joint]).length < 1e-8)
        }
    }

    @Test("a joint that is told to stand still is no joint of the chain, and stands where it was told")
    func standing() throws {
        let chain = KinematicChain(of: Self.robot, to: 4, moving: ["turn", "bend"], standing: ["reach": 0.2])
        #expect(chain.joints.map(\.name) == ["turn", "bend"])
        let tip = try #require(chain.point(of: 4))
        #expect((chain.place(of: tip, chain.placements(at: [0, 0])) - Vector3(1, 0, 0)).length < 1e-12)
    }
}
