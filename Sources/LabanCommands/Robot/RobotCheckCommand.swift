import ArgumentParser
import Retargeting
import Robots

/// `laban robot check`: whether a robot's files are in order, and what they say.
struct RobotCheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Check a robot's files, and show its arms and what they are held to.",
        discussion: """
            Reads the URDF, the SRDF and the mapping, says everything that is wrong with its line, and lists each arm's \
            joints with the bounds that no command ever breaks. Exit code 2 where something is wrong.

            Examples:
              laban robot check --urdf Fixtures/robots/seven.urdf --srdf Fixtures/robots/seven.srdf --mapping Fixtures/robots/seven.yaml
            """)

    @OptionGroup var files: RobotFiles

    func run() throws {
        let loaded = try files.read()
        for warning in loaded.warnings { Terminal.standardError.write("Warning: \(warning)\n") }
        var controller = try loaded.controller(.largest)
        for arm in loaded.mapping.arms {
            try StandardOutput.print(
                "arm \(arm.name): follows the person's \(arm.side.rawValue) arm by \(arm.mode.rawValue)")
            var table = TextTable([
                ("joint", .left), ("lower", .right), ("upper", .right), ("speed", .right), ("acceleration", .right),
                ("jerk", .right),
            ])
            let one = try ArmController(arm: arm, mapping: loaded.mapping, robot: loaded.robot)
            for (name, bounds) in zip(one.jointNames, one.bounds) {
                table.append([
                    name, degrees(bounds.lower), degrees(bounds.upper), "\(bounds.velocity) rad/s",
                    "\(bounds.acceleration) rad/s2", "\(bounds.jerk) rad/s3",
                ])
            }
            try StandardOutput.print(table.text)
        }
        let clearance = controller.clearance()
        try StandardOutput.print(
            clearance.isFinite
                ? "links are kept \(millimetres(loaded.mapping.clearance)) apart; at rest the nearest are "
                    + "\(millimetres(clearance)) apart"
                : "no links are kept apart: the URDF has no collision geometry that could be read, and the mapping no "
                    + "capsules")
        for pair in controller.touchingAtRest {
            Terminal.standardError.write(
                "Warning: \(pair.first) and \(pair.second) are nearer than that at rest, and are not kept apart\n")
        }
    }

    private func degrees(_ radians: Double) -> String {
        radians.isFinite ? "\((radians * 1_800 / .pi).rounded() / 10)°" : "any"
    }

    private func millimetres(_ metres: Double) -> String { "\(Int((metres * 1_000).rounded())) mm" }
}
