import GRDBSQLite

/// Another program that holds a SQLite database while this object lives, or until it lets go.
package final class LockedDatabase {
    package struct Failure: Error {
        let code: Int32
    }

    private var handle: OpaquePointer?

    package init(path: String) throws {
        try check(sqlite3_open(path, &handle))
        sqlite3_busy_timeout(handle, 5000)
        try check(sqlite3_exec(handle, "BEGIN IMMEDIATE", nil, nil, nil))
    }

    /// Gives the lock back.
    package func release() { sqlite3_exec(handle, "ROLLBACK", nil, nil, nil) }

    deinit { sqlite3_close(handle) }

    private func check(_ code: Int32) throws { if code != SQLITE_OK { throw Failure(code: code) } }
}
