import Events
import Glibc
import History
import Pipeline

/// Adds every event to a history.
final class HistorySink: EventSink {
    private let store: HistoryStore

    /// Opens or makes the history at `path`.
    ///
    /// - Throws: `HistoryError` for a file that is no history, `OutputError` for a place that can hold none.
    init(path: String) throws {
        var status = stat()
        if stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFCHR {
            throw OutputError(path: path, message: "cannot be written: a history needs a file, and this is a device")
        }
        store = try HistoryStore(path: path)
    }

    func take(_ event: Event, line: [UInt8]) throws { try store.append(event) }

    func finish() throws { try store.flush() }
}
