import ArgumentParser

/// `laban bench`: how fast Laban is on this machine.
struct BenchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench",
        abstract: "Measure Laban's speed on this machine.",
        subcommands: [BenchStagesCommand.self, BenchPeersCommand.self],
        defaultSubcommand: BenchStagesCommand.self)
}

/// `laban bench pose` and its like: names the program that compares with peers.
struct BenchPeersCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pose", shouldDisplay: false, aliases: ["actions", "interactions", "robot", "rig"])

    @Argument(parsing: .captureForPassthrough)
    var words: [String] = []

    func run() throws {
        throw ValidationError(
            "comparisons are a program of their own, for development: swift run -c release Benchmarks --help")
    }
}
