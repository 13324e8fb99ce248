package import ArgumentParser

/// The program `laban`: its commands, and what its exit codes mean.
package struct Laban: ParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "laban",
        abstract: "Watches people move and tells programs what they do.",
        discussion: """
            Results go to standard output, everything else to standard error. Exit codes: 0 done, 1 failed, 2 bad \
            usage or input. A reader that leaves early, such as head, ends a command quietly, with 0.

            Start here:
              laban run Fixtures/workout.mp4     what happens in a video
              laban doctor                       what is missing on this machine
            """,
        version: "0.1.0",
        groupedSubcommands: [
            CommandGroup(
                name: "Watching",
                subcommands: [RunCommand.self, CountCommand.self, ServeCommand.self, RobotCommand.self]),
            CommandGroup(
                name: "Asking",
                subcommands: [WatchCommand.self, HistoryCommand.self, GestureCommand.self, ConvertCommand.self]),
            CommandGroup(
                name: "Models",
                subcommands: [
                    ModelsCommand.self, TrainCommand.self, FineTuneCommand.self, CalibrateCommand.self,
                    EvaluateCommand.self,
                ]),
            CommandGroup(
                name: "This machine", subcommands: [DoctorCommand.self, BenchCommand.self, PuppetCommand.self]),
        ])

    package init() {}
}
