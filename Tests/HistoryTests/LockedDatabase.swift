import GRDBSQLite
import Testing

/// Another program that holds a SQLite database while this object lives, or until it lets go.
final class LockedDatabase {
    private var handle: OpaquePointer?

    init(path: String) throws {
        try #require(sqlite3_open(path, &handle) == SQLITE_OK)
        try #require(sqlite3_exec(handle, "BEGIN IMMEDIATE", nil, nil, nil) == SQLITE_OK)
    }

    func release() { sqlite3_exec(handle, "ROLLBACK", nil, nil, nil) }

    deinit { sqlite3_close(handle) }
}
