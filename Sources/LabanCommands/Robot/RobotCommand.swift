import ArgumentParser

/// `laban robot`: a robot's arm led by a person's.
struct RobotCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "robot",
        abstract: "Lead a robot's arm by a person's.",
        subcommands: [RobotInitCommand.self, RobotCheckCommand.self])
}
