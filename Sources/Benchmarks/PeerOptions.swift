import ArgumentParser

/// What the comparisons with peers have in common.
struct PeerOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The Python that has the peers.", valueName: "path"))
    var python = "python3"

    @Option(help: "Turns each side takes.")
    var rounds = 5

    @Option(help: "The core to run on; this process must be allowed to use it.")
    var core = 0

    @Flag(help: "Print one JSON object a row instead of a table.")
    var json = false

    func validate() throws {
        guard rounds > 0 else { throw ValidationError("--rounds: expected 1 or more, found \(rounds)") }
        guard (0..<1024).contains(core) else { throw ValidationError("--core: expected 0 to 1023, found \(core)") }
    }
}
