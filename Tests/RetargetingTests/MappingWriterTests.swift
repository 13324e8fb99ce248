import Foundation
import MarkedYAML
import Retargeting
import Robots
import Testing

struct MappingWriterTests {
    private static func robot(_ name: String) throws -> RobotDescription {
        try URDFReader.read("Fixtures/robots/\(name).urdf")
    }

    @Test("all that a mapping can say is written and read back equal")
    func everything() throws {
        let robot = try Self.robot("seven")
        let text = """
            version: 1
            robot: "it's: a robot"
            mirrored: true
            bounds: {velocity: 1.5, acceleration: 9, jerk: 800}
            joints:
              elbow: {lower: -120, upper: 0, velocity: 2}
              grip: {upper: 0.03}
            arms:
              - name: an_arm
                side: left
                mode: arm_directions
                shoulder: shoulder_lift_link
                elbow: forearm
                wrist: wrist_bend_link
                mount: {roll: 30, pitch: -45, yaw: 170}
                rest: {elbow: -90}
                grip: {joint: grip, open: 0.03, closed: 0.001}
            safety:
              silence: 0.08
              visibility: 0.6
              blend: 0.7
              speed: 0.5
              fence: {lowest: [-0.5, -0.6, 0], highest: [0.5, 0.6, 1.5]}
              dead_man: open_palm
              stop_gesture: crossed_arms
            clearance: 0.02
            capsules:
              - {link: hand, start: [0, 0, 0.01], end: [0, 0.125, 0], radius: 0.05}
            """
        let mapping = try MappingReader.read(yaml: text, file: "m", for: robot).mapping
        let again = try MappingReader.read(yaml: mapping.yaml(for: robot), file: "again", for: robot).mapping
        let turns = [mapping, again].map { $0.arms[0].mount }
        #expect((turns[0].x - turns[1].x).length < 1e-7 && (turns[0].y - turns[1].y).length < 1e-7)
        var same = again
        same.arms[0].mount = turns[0]
        #expect(same == mapping)
    }

    @Test(
        "a mount at the pole is written and read back",
        arguments: [(0, 90, 0), (20, 90, 50), (0, -90, 30), (180, 0, 90)])
    func mount(_ roll: Double, _ pitch: Double, _ yaw: Double) throws {
        let robot = try Self.robot("five")
        var mapping = RobotMapping.proposal(for: robot)
        let turn = Rotation(roll: roll * .pi / 180, pitch: pitch * .pi / 180, yaw: yaw * .pi / 180)
        mapping.arms[0].mount = turn
        let again = try MappingReader.read(yaml: mapping.yaml(for: robot), file: "again", for: robot).mapping.arms[0]
            .mount
        #expect((turn.x - again.x).length < 1e-6 && (turn.y - again.y).length < 1e-6)
    }

    @Test(
        "an arm must fit the robot",
        arguments: [
            ("shoulder: uper_arm\n    elbow: forearm\n    wrist: hand", "nearest: upper_arm"),
            ("shoulder: forearm\n    elbow: upper_arm\n    wrist: hand", "in this order from the base"),
            ("shoulder: upper_arm\n    elbow: forearm\n    wrist: forearm", "in this order from the base"),
            (
                "shoulder: shoulder_yaw_link\n    elbow: shoulder_lift_link\n    wrist: upper_arm",
                "4 moving joints before the wrist"
            ),
            ("shoulder: upper_arm\n    elbow: finger\n    wrist: hand", "not on the way to its tip"),
            ("shoulder: upper_arm\n    elbow: forearm\n    wrist: hand\n    joints: [elbow]", "three joints or more"),
            (
                "shoulder: upper_arm\n    elbow: forearm\n    wrist: hand\n    rest: {elbow: 20}",
                "at rest inside its limits"
            ),
            (
                "shoulder: upper_arm\n    elbow: forearm\n    wrist: hand\n    rest: {wrist_bend: 80}",
                "at rest inside its limits"
            ),
            (
                "shoulder: upper_arm\n    elbow: forearm\n    wrist: hand\n    grip: {joint: grip, open: 1, closed: 0}",
                "inside its limits"
            ),
        ])
    func misfits(_ arm: String, _ message: String) throws {
        let text =
            "version: 1\njoints:\n  wrist_bend: {lower: -60, upper: 60}\n"
            + "arms:\n  - name: arm\n    side: left\n    mode: arm_directions\n    \(arm)\n"
        let robot = try Self.robot("seven")
        let error = #expect(throws: YAMLFileError.self) { try MappingReader.read(yaml: text, file: "m", for: robot) }
        #expect(error?.description.contains(message) == true, "\(error?.description ?? "")")
    }

    @Test("velocities above 4 rad/s are warned of")
    func fast() throws {
        let text = try String(contentsOfFile: "Fixtures/robots/five.yaml", encoding: .utf8)
            .replacing("velocity: 2,", with: "velocity: 5,")
        let result = try MappingReader.read(yaml: text, file: "m", for: Self.robot("five"))
        #expect(
            result.warnings.count == 1 && result.warnings.first?.hasPrefix("line ") == true, "\(result.warnings)")
    }
}
