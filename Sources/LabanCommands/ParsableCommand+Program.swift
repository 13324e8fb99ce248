package import ArgumentParser
import Glibc
import LabanServer
import Printing
import Video

extension ParsableCommand {
    /// Runs this command as the program's root, with the words of the command line, and ends the process where something
    /// is wrong.
    package static func runAsProgram() {
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
