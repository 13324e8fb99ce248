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
        try Self.refuseDevices(path)
        store = try HistoryStore(path: path)
    }

    /// Looks whether a history can be kept at `path`, and changes nothing.
    static func check(_ path: String) throws {
        try refuseDevices(path)
        try HistoryStore.check(path)
    }

    private static func refuseDevices(_ path: String) throws(OutputError) {
        var status = stat()
        guard stat(path, &status) == 0 else { return }
        let what =
            switch status.st_mode & S_IFMT {
            case S_IFCHR, S_IFBLK: "a device"
            case S_IFIFO: "a pipe"
            case S_IFSOCK: "a socket"
            default: nil as String?
            }
        if let what {
            throw OutputError(path: path, message: "cannot be written: a history needs a file, and this is \(what)")
        }
    }

    func take(_ event: Event, line: [UInt8]) throws { try store.append(event) }

    func finish() throws { try store.flush() }
}
