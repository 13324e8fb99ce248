import Events
import Pipeline

/// Writes every event as a line: to a file for `--events`, or to standard output for `--json`.
final class JSONLinesSink: EventSink {
    private let output: OutputFile

    init(_ output: OutputFile) { self.output = output }

    func take(_ event: Event, line: [UInt8]) throws {
        let line = line + [UInt8(ascii: "\n")]
        try line.withUnsafeBytes { try output.write($0) }
    }

    func finish() throws {}
}
