import LabanServer

/// A file that lines are written to and that stops nobody: what the system refuses waits and is tried again with the next
/// line; when too much waits, whole lines are dropped and counted.
struct SteadyFile: ~Copyable {
    private let output: OutputFile
    private let say: @Sendable (String) -> Void
    private var waiting: [UInt8] = []
    private var dropped = 0
    private var code: Int32 = 0

    /// So many bytes wait at most.
    private static let mostWaiting = 4 << 20

    /// - Parameter say: told once when the file cannot be written any more, and once when it can again.
    init(_ output: OutputFile, say: @escaping @Sendable (String) -> Void) {
        self.output = output
        self.say = say
    }

    /// Writes a line, which has its line end.
    mutating func write(_ line: [UInt8]) {
        if waiting.count + line.count > Self.mostWaiting { dropped += 1 } else { waiting += line }
        let before = code
        code = flush()
        if code != 0, before == 0 {
            say("\(OutputError(file: output.path, errno: code)); it is tried again")
        } else if code == 0, before != 0 {
            say("\(output.path): is written again" + (dropped == 0 ? ", nothing is missing" : ", \(missing)"))
        }
    }

    /// What the system says just now; nil while all is well.
    var failure: OutputError? { code == 0 ? nil : OutputError(file: output.path, errno: code) }

    /// Writes what waits.
    ///
    /// - Throws: `OutputError` when it cannot be written, or when lines are missing.
    mutating func finish() throws(OutputError) {
        code = flush()
        guard code == 0 else { throw OutputError(file: output.path, errno: code) }
        guard dropped == 0 else { throw OutputError(file: output.path, message: missing) }
    }

    private var missing: String { "\(dropped) lines are missing, which could not be written in time" }

    private mutating func flush() -> Int32 {
        let (count, code) = waiting.withUnsafeBytes { output.offer($0) }
        waiting.removeFirst(count)
        return code
    }
}
