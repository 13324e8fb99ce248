import ArgumentParser

/// `laban robot`: a robot's arm led by a person's.
struct RobotCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "robot",
        abstract: "Lead a robot's arm by a person's, before a camera or in a file.",
        discussion: """
            Laban moves no robot by itself: it tells where every joint is to be, a hundred times a second, and programs \
            such as Sources/Clients/Python/mujoco_arm.py move it. Everything is a dry run unless --live is said. \
            'laban help robot run' has the options that go with INPUT: --person, --live, --json, --trajectory, --record, \
            --publish, --hands and more.

            Examples:
              laban robot init --urdf Fixtures/robots/seven.urdf --output seven.yaml
              laban robot check --urdf Fixtures/robots/seven.urdf --mapping seven.yaml
              laban robot Fixtures/workout.mp4 --urdf Fixtures/robots/seven.urdf --mapping seven.yaml
              laban robot stop                        every robot of a running Laban
            """,
        subcommands: [
            RobotRunCommand.self, RobotInitCommand.self, RobotCheckCommand.self, RobotStopCommand.self,
            RobotResetCommand.self, RobotStatusCommand.self,
        ],
        defaultSubcommand: RobotRunCommand.self)
}
