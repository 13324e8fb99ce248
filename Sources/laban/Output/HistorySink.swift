import Events
import History
import Pipeline

/// Adds every event to a history.
final class HistorySink: EventSink {
    private let store: HistoryStore

    /// Opens or makes the history at `path`.
    init(path: String) throws { store = try HistoryStore(path: path) }

    func take(_ event: Event, line: [UInt8]) throws { try store.append(event) }

    func finish() throws { try store.flush() }
}
