import Events
import Pipeline
import Synchronization

/// Writes every event as a line to the file of `--events`.
final class EventFile: EventSink {
    private let file: Mutex<SteadyFile>

    /// - Parameter say: told when nothing can be written, and when it can again.
    init(_ output: OutputFile, say: @escaping @Sendable (String) -> Void) {
        file = Mutex(SteadyFile(output, say: say))
    }

    func take(_ event: Event, line: [UInt8]) { file.withLock { $0.write(line + [UInt8(ascii: "\n")]) } }

    func finish() throws { try file.withLock { file throws in try file.finish() } }
}
