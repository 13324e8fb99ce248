import ArgumentParser
import Glibc
import Printing
import Video

/// The program: its commands, and what its exit codes mean.
@main
struct Laban: ParsableCommand {
    static let configuration = CommandConfiguration(
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
            CommandGroup(name: "Watching", subcommands: [RunCommand.self, CountCommand.self, ServeCommand.self]),
            CommandGroup(
                name: "Asking", subcommands: [WatchCommand.self, HistoryCommand.self, GestureCommand.self]),
            CommandGroup(
                name: "Models",
                subcommands: [ModelsCommand.self, TrainCommand.self, CalibrateCommand.self, EvaluateCommand.self]),
            CommandGroup(
                name: "This machine", subcommands: [DoctorCommand.self, BenchCommand.self, PuppetCommand.self]),
        ])

    static func main() {
        // A reader that leaves is an error of the write, so that files are still finished and open events ended.
        signal(SIGPIPE, SIG_IGN)
        // So is a file that may not grow any more.
        signal(SIGXFSZ, SIG_IGN)
        do {
            var command = try parseAsRoot()
            try command.run()
        } catch {
            exit(with: error)
        }
    }

    /// Ends the process with the code its kind of error has, after saying what is wrong.
    private static func exit(with error: any Error) -> Never {
        if let error = error as? OutputError, error.isReaderGone { Self.exit() }
        if let code = Failure.exitCode(of: error) {
            Terminal.standardError.write("Error: \(lines: SourceAddress.redacting("\(error)"))\n")
            Self.exit(withError: code)
        }
        let code = exitCode(for: error)
        guard code != .success else {
            // Help and the version are results like any other.
            do { try StandardOutput.print(PrintableText(lines: fullMessage(for: error))) } catch { exit(with: error) }
            Self.exit()
        }
        let message = SourceAddress.redacting(fullMessage(for: error))
        if !message.isEmpty { Terminal.standardError.write(PrintableText(lines: quotingArguments(in: message)) + "\n") }
        Self.exit(withError: code == .validationFailure ? ExitCode(2) : code)
    }

    /// A message that quotes a word of the command line, of which a line end in it makes no line of its own.
    private static func quotingArguments(in message: String) -> String {
        CommandLine.arguments.dropFirst().filter { $0.contains("\n") }
            .reduce(message) { $0.replacing($1, with: $1.printable) }
    }
}
