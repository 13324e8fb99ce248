import Foundation
import Retargeting
import Robots
import Testing

/// Where `.scripts/fetch-robots` put its robots.
private let robots = ProcessInfo.processInfo.environment["LABAN_ROBOTS"]

@Suite(.enabled(if: robots != nil, "needs robots: .scripts/fetch-robots FOLDER, then LABAN_ROBOTS=FOLDER"))
struct KnownRobotsTests {
    @Test(
        "of arms that people own, shoulder, elbow and wrist are guessed rightly, links are kept apart, and meshes found",
        arguments: [
            ("panda_description/urdf/panda.urdf", ["panda_link2", "panda_link4", "panda_link6"]),
            ("xarm_description/urdf/xarm7.urdf", ["link2", "link4", "link6"]),
            ("ur_description/urdf/ur5_robot.urdf", ["upper_arm_link", "forearm_link", "wrist_1_link"]),
            ("ur_description/urdf/ur10_robot.urdf", ["upper_arm_link", "forearm_link", "wrist_1_link"]),
            ("so_arm_description/urdf/so101.urdf", ["upper_arm_link", "lower_arm_link", "wrist_link"]),
        ])
    func guessed(_ path: String, _ links: [String]) throws {
        let urdf = try #require(robots) + "/" + path
        var robot = try URDFReader.read(urdf)
        let capsules = robot.capsules(urdf: urdf)
        #expect(!robot.warnings.contains { $0.contains("not kept clear") }, "\(robot.warnings)")
        let proposal = RobotMapping.proposal(for: robot)
        let arm = try #require(proposal.arms.first)
        #expect([arm.shoulder, arm.elbow, arm.wrist] == links)
        let (back, _) = try MappingReader.read(yaml: proposal.yaml(for: robot), file: "m.yaml", for: robot)
        var controller = try RobotController(mapping: back, robot: robot, capsules: capsules, person: .largest)
        #expect(controller.clearance() > back.clearance)
    }
}
