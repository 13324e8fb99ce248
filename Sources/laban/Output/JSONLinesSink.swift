import Events
import Glibc
import Pipeline

/// Writes every event as a line: to a file for `--events`, or to standard output for `--json`.
final class JSONLinesSink: EventSink {
    private let descriptor: Int32
    private let path: String

    /// Begins the file anew.
    ///
    /// - Throws: `OutputError` when it cannot be made.
    init(path: String) throws {
        descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        self.path = path
        guard descriptor >= 0 else {
            throw OutputError(path: path, errno: errno, isUsage: true)
        }
    }

    /// Writes to standard output.
    init() {
        descriptor = STDOUT_FILENO
        path = "standard output"
    }

    deinit {
        if descriptor > STDERR_FILENO { close(descriptor) }
    }

    func take(_ event: Event, line: [UInt8]) throws {
        let line = line + [UInt8(ascii: "\n")]
        let code = line.withUnsafeBytes { Terminal.write($0, to: descriptor) }
        guard code == 0 else { throw OutputError(path: path, errno: code) }
    }

    func finish() throws {}
}
