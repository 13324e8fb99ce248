/// Where log lines go: one line each, whatever stands in their messages and metadata.
struct LogStream: TextOutputStream, Sendable {
    /// Takes one line with its end.
    mutating func write(_ line: String) {
        Terminal.standardError.write("\(line.hasSuffix("\n") ? String(line.dropLast()) : line)\n")
    }
}
