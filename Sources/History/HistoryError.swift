import Files
import GRDB

/// What is wrong with a history or a question put to it.
package struct HistoryError: LocatedError {
    package enum Code: Sendable, Hashable {
        /// There is no such file.
        case notFound
        /// The file is something else, or damaged.
        case notAHistory
        /// A newer Laban made it.
        case tooNew
        /// Another Laban writes to it.
        case inUse
        /// A part of it cannot be read.
        case damaged
        /// It does not hold what was asked of it.
        case lacking
        /// A time that was not understood.
        case badTime
        /// SQLite or the system refused.
        case system
    }

    package let code: Code
    /// The file it is about; empty when it is about none.
    package let file: String
    /// What is wrong and what to do, as one sentence without a full stop.
    package let message: String

    package init(_ code: Code, path: String = "", message: String) {
        self.code = code
        self.file = path
        self.message = message
    }

    /// Whether another program holds the file.
    private(set) var isBusy = false

    /// What SQLite says, in its own words.
    init(_ error: any Error, path: String) {
        if let known = error as? HistoryError {
            self = known
        } else if let error = error as? DatabaseError {
            defer { isBusy = error.resultCode == .SQLITE_BUSY }
            let isDamaged = [ResultCode.SQLITE_NOTADB, .SQLITE_CORRUPT].contains(error.resultCode)
            self.init(
                isDamaged ? .notAHistory : .system, path: path,
                message: isDamaged
                    ? "expected a Laban history, found a file that is no SQLite database or is damaged "
                        + "(\(error.message ?? "no reason given"))"
                    : "SQLite: \(error.message ?? "no reason given") (\(error.resultCode))")
        } else {
            self.init(.system, path: path, message: "\(error)")
        }
    }
}

/// Runs what may fail for SQLite's reasons.
func explaining<Value>(_ path: String, _ body: () throws -> Value) throws(HistoryError) -> Value {
    do { return try body() } catch { throw HistoryError(error, path: path) }
}
