import ArgumentParser
import Files
import Foundation
import Retargeting
import Robots

/// `laban robot init`: a first mapping of a person's arms to a robot's.
struct RobotInitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Write a mapping file for a robot, with comments.",
        discussion: """
            Finds the arms of a robot in its URDF file, guesses which links are shoulder, elbow and wrist, and writes \
            how a person's arms move them. Look at the guess before anything moves: laban robot VIDEO --render look.mp4.

            Examples:
              laban robot init --urdf Fixtures/robots/seven.urdf
              laban robot init --urdf so101.urdf --output so101.yaml
            """)

    @Option(help: ArgumentHelp("The robot's description.", valueName: "file"))
    var urdf: String

    @Option(name: .shortAndLong, help: ArgumentHelp("Where to; standard output when left out.", valueName: "file"))
    var output: String?

    @Flag(help: "Write over a file that is there.")
    var force = false

    func run() throws {
        let robot = try URDFReader.read(urdf)
        for warning in robot.warnings { Terminal.standardError.write("Warning: \(warning)\n") }
        let mapping = RobotMapping.proposal(for: robot)
        guard !mapping.arms.isEmpty else {
            throw RobotsError(
                file: urdf, message: "expected an arm of four moving joints or more in a row, found none")
        }
        let text = mapping.yaml(for: robot)
        guard let output else { return try StandardOutput.print(text) }
        if !force, FileManager.default.fileExists(atPath: output) {
            throw FileError(.taken, file: output, "is there already; --force writes over it")
        }
        let partial = PartialFile(for: output)
        defer { partial.remove() }
        try Data(text.utf8).write(to: URL(filePath: partial.growingPath))
        try partial.finish()
        try StandardOutput.print("\(output): \(mapping.arms.map { "\($0.name) arm" }.joined(separator: ", "))")
    }
}
