import ArgumentParser
import LabanCommands

/// The program `Benchmarks`, for development: how fast and how good Laban is beside its peers.
struct BenchmarkProgram: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "Benchmarks",
        abstract: "Measure Laban beside its peers. Built and run with: swift run -c release Benchmarks",
        subcommands: [
            StagesCommand.self, BenchPoseCommand.self, BenchActionsCommand.self, BenchInteractionsCommand.self,
            BenchEventsCommand.self, BenchGesturesCommand.self, BenchRepetitionsCommand.self,
            BenchLiftingCommand.self, BenchRobotCommand.self, BenchRigCommand.self, BenchLiftingFilmsCommand.self,
        ])
}
