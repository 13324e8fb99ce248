import ArgumentParser

/// `laban bench`: how fast Laban is on this machine, and against its peers.
struct BenchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench",
        abstract: "Measure Laban's speed on this machine, alone or against its peers.",
        subcommands: [
            BenchStagesCommand.self, BenchPoseCommand.self, BenchActionsCommand.self, BenchInteractionsCommand.self,
        ],
        defaultSubcommand: BenchStagesCommand.self)
}
