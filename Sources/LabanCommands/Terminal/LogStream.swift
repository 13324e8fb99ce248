/// Where log lines go: one line each, whatever stands in their messages and metadata. A line that nobody reads in time is
/// left out: cameras never wait for a reader of logs.
struct LogStream: TextOutputStream, Sendable {
    /// Takes one line with its end.
    mutating func write(_ line: String) {
        Terminal.standardError.write("\(line.hasSuffix("\n") ? String(line.dropLast()) : line)\n", patience: .zero)
    }
}
