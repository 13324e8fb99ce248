import ArgumentParser
import Retargeting
import Robots

/// The files that describe a robot and how it is moved.
struct RobotFiles: ParsableArguments {
    @Option(help: ArgumentHelp("The robot's description.", valueName: "file"))
    var urdf: String

    @Option(
        help: ArgumentHelp(
            "How a person's arms move it, as laban robot init writes it; a guess when left out.", valueName: "file"))
    var mapping: String?

    @Option(help: ArgumentHelp("Which links need no check against each other.", valueName: "file"))
    var srdf: String?

    /// All of it read and checked.
    ///
    /// - Throws: `RobotsError` or `YAMLFileError`, with places.
    func read() throws -> LoadedRobot { try LoadedRobot(urdf: urdf, mapping: mapping, srdf: srdf) }
}

/// A robot and how a person moves it.
struct LoadedRobot {
    let robot: RobotDescription
    let mapping: RobotMapping
    let capsules: [LinkCapsule]
    /// What was taken but looks odd, for people.
    let warnings: [String]

    init(urdf: String, mapping path: String?, srdf: String?) throws {
        var robot = try URDFReader.read(urdf)
        if let srdf { try SRDFReader.read(srdf, into: &robot) }
        capsules = robot.capsules(urdf: urdf)
        var warnings = robot.warnings
        if let path {
            let (mapping, more) = try MappingReader.read(path, for: robot)
            // A velocity of the mapping makes up for what the URDF says.
            warnings.removeAll { $0.contains("is said to go") && mapping.bounds.velocity != nil }
            warnings += more.map { "\(path): \($0)" }
            self.mapping = mapping
        } else {
            mapping = RobotMapping.proposal(for: robot)
            guard !mapping.arms.isEmpty else {
                throw RobotsError(
                    file: urdf, message: "expected an arm of four moving joints or more, found none: write a mapping")
            }
        }
        self.robot = robot
        self.warnings = warnings
    }

    func controller(_ person: OperatorChoice) throws -> RobotController {
        try RobotController(mapping: mapping, robot: robot, capsules: capsules, person: person)
    }
}
