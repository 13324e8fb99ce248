import Events
import GRDB
import GRDBSQLite

/// The row a running statement stands on, read straight from SQLite: a hundred rows cost what SQLite itself costs.
struct StatementRow {
    private let statement: OpaquePointer

    init(_ statement: Statement) { self.statement = statement.sqliteStatement }

    /// Whether it holds a whole number: SQLite keeps whatever is put into a column.
    func isInteger(_ column: Int32) -> Bool { sqlite3_column_type(statement, column) == SQLITE_INTEGER }

    func isNull(_ column: Int32) -> Bool { sqlite3_column_type(statement, column) == SQLITE_NULL }

    /// 0 for null.
    func integer(_ column: Int32) -> Int64 { sqlite3_column_int64(statement, column) }

    func count(_ column: Int32) -> Int? { isNull(column) ? nil : Int(integer(column)) }

    func number(_ column: Int32) -> Double? { isNull(column) ? nil : sqlite3_column_double(statement, column) }

    func text(_ column: Int32) -> String? { sqlite3_column_text(statement, column).map { String(cString: $0) } }

    func bytes(_ column: Int32) -> [UInt8] {
        guard let start = sqlite3_column_blob(statement, column) else { return [] }
        return [UInt8](UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, column))))
    }

    /// A column of microseconds since 1970.
    func time(_ column: Int32) -> UnixTime { UnixTime(microseconds: integer(column)) }

    /// A column of microseconds.
    func duration(_ column: Int32) -> Duration? { isNull(column) ? nil : .microseconds(integer(column)) }
}
