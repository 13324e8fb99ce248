import Events
import Foundation
import Pipeline

/// Writes every event as a line: to a file for `--events`, or to standard output for `--json`.
final class JSONLinesSink: EventSink, @unchecked Sendable {
    // The bus calls one sink at a time, so nothing here is touched by two threads at once.
    private let file: FileHandle
    private let path: String

    /// Begins the file anew.
    ///
    /// - Throws: `OutputError` when it cannot be made.
    init(path: String) throws {
        guard FileManager.default.createFile(atPath: path, contents: nil), let file = FileHandle(forWritingAtPath: path)
        else { throw OutputError(path: path, message: "cannot be written; does its folder exist?", isUsage: true) }
        self.file = file
        self.path = path
    }

    /// Writes to standard output.
    init() {
        file = .standardOutput
        path = "standard output"
    }

    func take(_ event: Event, line: [UInt8]) throws {
        do {
            try file.write(contentsOf: line + [UInt8(ascii: "\n")])
        } catch {
            throw OutputError(path: path, message: "cannot be written: \(error.localizedDescription)")
        }
    }

    func finish() throws {}
}
