package import Events
import GRDB

/// Writes what somebody says of actions that were told. What was told stays as it is: what is said is a row of its own.
///
/// Beside a store that writes to the same file, of this process or another, it waits for its turn.
package struct HistoryCorrector {
    /// What somebody says of an action.
    package enum Verdict: Sendable, Hashable {
        /// It was this, or nothing.
        case was(String)
        case right
        /// What was said of it before does not hold.
        case undone
    }

    private let path: String
    private let queue: DatabaseQueue
    /// Keeps stores away; nil where one is at work.
    private let lock: WriterLock?

    /// Opens the history at `path`, and brings one of an older version up to date.
    ///
    /// - Parameter busyTimeout: how long it waits for others that write.
    package init(path: String, busyTimeout: Duration = .seconds(10)) throws(HistoryError) {
        self.path = path
        let isWritten = WriterLock.isHeld(path: path)
        lock = isWritten ? nil : try WriterLock(path: path)
        if !isWritten, let damage = DamagedHistory(path: path) {
            throw HistoryError(
                .notAHistory, path: path,
                message: "\(damage.message): expected a whole history; the next run that writes to it mends it")
        }
        try HistorySchema.check(path, mustExist: true, busyTimeout: busyTimeout)
        queue = try waiting(for: path) {
            let queue = try DatabaseQueue(
                path: path, configuration: HistorySchema.configuration(readonly: false, busyTimeout: busyTimeout))
            guard isWritten else {
                try HistorySchema.migrator.migrate(queue)
                return queue
            }
            guard try queue.read({ try HistorySchema.migrator.hasCompletedMigrations($0) }) else {
                throw HistoryError(
                    .inUse, path: path, message: "an older Laban is writing to this history; end it first")
            }
            // The store copies its log itself.
            try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA wal_autocheckpoint = 0") }
            return queue
        }
    }

    /// Says the same of all these actions, or fails and says nothing of any.
    ///
    /// - Parameters:
    ///   - author: who says it.
    ///   - time: when it is said.
    /// - Returns: the actions as they are in the history now.
    package func say(
        _ verdict: Verdict, of actions: [SegmentRecord], author: String? = nil, note: String? = nil, at time: UnixTime
    ) throws(HistoryError) -> [SegmentRecord] {
        try waiting(for: path) {
            var said: [SegmentRecord] = []
            try queue.writeWithoutTransaction { db in
                try db.inTransaction(.immediate) {
                    var names = NameNumbers()
                    for action in actions {
                        var (row, record) = try told(action, in: db)
                        if verdict == .undone {
                            try db.execute(sql: "DELETE FROM correction WHERE segment = ?", arguments: [row])
                        } else {
                            record.correction = .init(told: record.label, time: time, author: author, note: note)
                            if case .was(let name) = verdict { record.label = name }
                            let label = try names.number(of: record.label, in: db)
                            try db.execute(
                                sql: """
                                    INSERT OR REPLACE INTO correction(segment, label, time_us, author, note)
                                    VALUES (?,?,?,?,?)
                                    """,
                                arguments: [row, label, time.microseconds, author, note])
                        }
                        said.append(record)
                    }
                    return .commit
                }
            }
            return said
        }
    }

    /// An action as it was told, and the number of its row.
    private func told(_ action: SegmentRecord, in db: Database) throws -> (row: Int64, record: SegmentRecord) {
        let row = try Row.fetchOne(
            db,
            sql: """
                SELECT s.id, l.text FROM segment s JOIN name l ON l.id = s.label
                WHERE kind = ? AND start_us = ? AND event_id = ?
                """,
            arguments: [SegmentKind.action.rawValue, action.start.microseconds, action.eventID])
        guard let row else {
            throw HistoryError(.lacking, path: path, message: "there is no action \(action.eventID)")
        }
        var record = action
        record.label = row[1]
        record.correction = nil
        return (row[0], record)
    }
}

/// Runs what may fail since another program holds the file.
private func waiting<Value>(for path: String, _ body: () throws -> Value) throws(HistoryError) -> Value {
    do throws(HistoryError) { return try explaining(path, body) } catch  where error.isBusy {
        throw HistoryError(.inUse, path: path, message: "another program holds this history; try again when it is done")
    }
}
