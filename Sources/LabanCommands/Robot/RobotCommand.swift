import ArgumentParser

/// `laban robot`: a robot's arm led by a person's.
struct RobotCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "robot",
        abstract: "Stop a robot that a person leads, and let it follow again.",
        discussion: """
            Asks a running Laban over its control socket. A stop stays until it is reset, whatever the camera sees \
            meanwhile. It is no replacement for the emergency stop of the robot itself.

            Examples:
              laban robot stop                        every robot of the Laban on tcp://127.0.0.1:5570
              laban robot stop --robot so101 --reason "somebody came near"
              laban robot status
              laban robot reset --robot so101
            """,
        subcommands: [RobotStopCommand.self, RobotResetCommand.self, RobotStatusCommand.self])
}
