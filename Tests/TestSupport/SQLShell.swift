import GRDBSQLite
import Testing

/// What statements answer, row by row, asked by a connection of their own.
package func sql(_ text: String, in path: String) throws -> [[String]] {
    var database: OpaquePointer?
    try #require(sqlite3_open(path, &database) == SQLITE_OK)
    defer { sqlite3_close(database) }
    var rows: [[String]] = []
    for part in text.split(separator: ";") {
        var statement: OpaquePointer?
        try #require(sqlite3_prepare_v2(database, String(part), -1, &statement, nil) == SQLITE_OK, "\(part)")
        defer { sqlite3_finalize(statement) }
        while sqlite3_step(statement) == SQLITE_ROW {
            rows.append(
                (0..<sqlite3_column_count(statement)).map { column in
                    sqlite3_column_text(statement, column).map { String(cString: $0) } ?? "null"
                })
        }
    }
    return rows
}
