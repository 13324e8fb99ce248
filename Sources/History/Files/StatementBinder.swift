import GRDB
import GRDBSQLite

/// Binds values to a statement's question marks from left to right, then runs it, straight through SQLite.
struct StatementBinder: ~Copyable {
    private let statement: OpaquePointer
    private var index: Int32 = 0

    /// Takes a statement from the connection's cache.
    init(_ sql: String, in db: Database) throws {
        statement = try db.cachedStatement(sql: sql).sqliteStatement
        sqlite3_reset(statement)
    }

    mutating func bind(_ number: Int64?) {
        index += 1
        if let number { sqlite3_bind_int64(statement, index, number) } else { sqlite3_bind_null(statement, index) }
    }

    mutating func bind(_ number: Int?) { bind(number.map { Int64($0) }) }

    mutating func bind(_ flag: Bool) { bind(flag ? 1 : 0) }

    mutating func bind(_ number: Double?) {
        index += 1
        if let number { sqlite3_bind_double(statement, index, number) } else { sqlite3_bind_null(statement, index) }
    }

    mutating func bind(_ text: String?) {
        index += 1
        guard var text else {
            sqlite3_bind_null(statement, index)
            return
        }
        text.withUTF8 { utf8 in
            utf8.withMemoryRebound(to: CChar.self) { characters in
                _ = sqlite3_bind_text(statement, index, characters.baseAddress, Int32(characters.count), Self.copied)
            }
        }
    }

    mutating func bind(bytes: [UInt8]) {
        index += 1
        _ = bytes.withUnsafeBytes { sqlite3_bind_blob(statement, index, $0.baseAddress, Int32($0.count), Self.copied) }
    }

    /// Runs the statement once, when everything is bound.
    consuming func run(in db: Database) throws {
        precondition(index == sqlite3_bind_parameter_count(statement), "a value for every question mark")
        let code = sqlite3_step(statement)
        sqlite3_reset(statement)
        guard code == SQLITE_DONE else {
            throw DatabaseError(resultCode: ResultCode(rawValue: code), message: db.lastErrorMessage)
        }
    }

    /// Tells SQLite to copy what is bound.
    private static let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
}
