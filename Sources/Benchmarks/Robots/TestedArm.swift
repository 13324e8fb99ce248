import Foundation
import Retargeting
import Robots

/// An arm of a well-known robot, its links that stand for shoulder, elbow and wrist, and how it is led.
struct TestedArm {
    let name: String
    /// Path of its URDF file below the folder of robots.
    let path: String
    let robot: RobotDescription
    let capsules: [LinkCapsule]
    let mapping: RobotMapping

    /// Path of the URDF file below the folder of robots, and the links, by name.
    static let all: [(name: String, path: String, mode: RobotMapping.Mode, links: [String])] = [
        (
            "panda", "panda_description/urdf/panda.urdf", .armDirections,
            ["panda_link2", "panda_link4", "panda_link6", "panda_link7"]
        ),
        ("xarm7", "xarm_description/urdf/xarm7.urdf", .armDirections, ["link2", "link4", "link6", "link7"]),
        (
            "ur5", "ur_description/urdf/ur5_robot.urdf", .wristVector,
            ["upper_arm_link", "forearm_link", "wrist_1_link", "wrist_3_link"]
        ),
        (
            "ur10", "ur_description/urdf/ur10_robot.urdf", .wristVector,
            ["upper_arm_link", "forearm_link", "wrist_1_link", "wrist_3_link"]
        ),
        (
            "so101", "so_arm_description/urdf/so101.urdf", .wristVector,
            ["upper_arm_link", "lower_arm_link", "wrist_link", "gripper_link"]
        ),
    ]

    init(
        _ name: String, in folder: String, path: String, mode: RobotMapping.Mode, links: [String],
        bounds: RobotMapping.Bounds
    ) throws {
        self.name = name
        self.path = path
        let urdf = URL(filePath: folder).appending(path: path)
        var robot = try URDFReader.read(urdf.path)
        // Who has a SRDF of the robot gives it.
        let srdf = urdf.deletingLastPathComponent().appending(path: "../srdf/\(name).srdf").standardizedFileURL.path
        if FileManager.default.fileExists(atPath: srdf) { try SRDFReader.read(srdf, into: &robot) }
        capsules = robot.capsules(urdf: urdf.path)
        self.robot = robot
        let arm = RobotMapping.Arm(
            name: "arm", side: .left, mode: mode, shoulder: links[0], elbow: links[1], wrist: links[2], tip: links[3])
        var mapping = RobotMapping(robot: name, arms: [arm])
        mapping.bounds = bounds
        self.mapping = mapping
    }

    var arm: RobotMapping.Arm { mapping.arms[0] }
    var isWrist: Bool { arm.mode == .wristVector }

    func controller() throws -> RobotController {
        try RobotController(mapping: mapping, robot: robot, capsules: capsules)
    }

    func task() throws -> ArmTask { try ArmTask(arm, of: robot) }

    /// What the arm is to do when a person's upper arm and forearm point so.
    func vectors(_ directions: [Vector3]) -> [Vector3] {
        guard isWrist else { return directions }
        let (a, b) = ReachingMotion.lengths
        return [(directions[0] * a + directions[1] * b) / (a + b)]
    }
}
