import Foundation

/// Makes sure that one store at a time writes to a history. The system gives the lock back when the process ends, however
/// it ends.
///
/// A file of its own holds the lock: closing a second handle on the database would take SQLite's locks away.
final class WriterLock: Sendable {
    private let handle: Int32

    init(path: String) throws(HistoryError) {
        let file = path + ".lock"
        handle = open(file, O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
        guard handle >= 0 else {
            throw HistoryError(
                .system, path: path, message: "\(file) cannot be made: " + String(cString: strerror(errno)))
        }
        // Who only looks whether it is held has it for a moment.
        var isMine = flock(handle, LOCK_EX | LOCK_NB) == 0
        for _ in 0..<5 where !isMine {
            usleep(20_000)
            isMine = flock(handle, LOCK_EX | LOCK_NB) == 0
        }
        guard isMine else {
            close(handle)
            throw HistoryError(.inUse, path: path, message: "another Laban is writing to this history")
        }
    }

    deinit { close(handle) }

    /// Gives the lock back before its last owner has gone.
    func release() { flock(handle, LOCK_UN) }

    /// Whether a store writes to the history just now.
    static func isHeld(path: String) -> Bool {
        let handle = open(path + ".lock", O_RDONLY | O_CLOEXEC)
        guard handle >= 0 else { return false }
        defer { close(handle) }
        return flock(handle, LOCK_SH | LOCK_NB) != 0
    }
}
