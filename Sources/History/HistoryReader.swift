import Events
import Foundation
import GRDB
import Synchronization

/// Answers questions about a history while it may be written to, and never changes it.
package final class HistoryReader: Sendable {
    package let path: String
    private let database: any DatabaseReader
    private let names = Mutex<[Int64: String]>([:])

    /// Opens the history at `path`.
    package init(path: String) throws(HistoryError) {
        try HistorySchema.check(path, mustExist: true)
        self.path = path
        database = try explaining(path) {
            try DatabaseQueue(path: path, configuration: HistorySchema.configuration(readonly: true))
        }
    }

    init(_ database: any DatabaseReader, path: String) {
        self.path = path
        self.database = database
    }

    /// Segments of one kind, newest first.
    package func segments(
        _ kind: SegmentKind, _ filter: HistoryFilter = .init()
    ) throws(HistoryError) -> [SegmentRecord] {
        try query(
            """
            SELECT event_id, run, camera, track, label, confidence, start_us, end_us, start_pts_us, end_pts_us, open,
            reason, model, other_track, count FROM segment
            """, where: ("kind = ?", kind.rawValue), filter
        ) { row, name in
            SegmentRecord(
                kind: kind, eventID: row[0], run: try name(row[1]), camera: try name(row[2]), track: row[3],
                label: try name(row[4]), confidence: row[5], start: UnixTime(microseconds: row[6]),
                end: UnixTime(microseconds: row[7]), startPresentation: row.duration(8),
                endPresentation: row.duration(9), isOpen: row[10], reason: row[11],
                model: try (row[12] as Int64?).map(name), otherTrack: row[13], count: row[14])
        }
    }

    /// Counted repetitions, newest first.
    package func repetitions(_ filter: HistoryFilter = .init()) throws(HistoryError) -> [RepetitionRecord] {
        try query(
            """
            SELECT event_id, run, camera, track, label, "index", confidence, start_us, end_us, start_pts_us, end_pts_us,
            turn_pts_us, rom_deg, down_us, up_us, faults FROM repetition
            """, filter
        ) { row, name in
            RepetitionRecord(
                eventID: row[0], run: try name(row[1]), camera: try name(row[2]), track: row[3],
                exercise: try name(row[4]), index: row[5], confidence: row[6], start: UnixTime(microseconds: row[7]),
                end: UnixTime(microseconds: row[8]), startPresentation: row.duration(9),
                endPresentation: row.duration(10), turningPoint: row.duration(11), rangeOfMotion: row[12],
                down: row.duration(13), up: row.duration(14),
                faults: (row[15] as String?)?.split(separator: " ").map(String.init) ?? [])
        }
    }

    /// What cameras reported of themselves, newest first; track and label of the filter do not matter.
    package func cameras(_ filter: HistoryFilter = .init()) throws(HistoryError) -> [CameraRecord] {
        var filter = filter
        filter.track = nil
        filter.label = nil
        return try query(
            "SELECT event_id, run, camera, time_us, state, message, frames, dropped_frames, reason FROM camera_state",
            time: "time_us", filter
        ) { row, name in
            CameraRecord(
                eventID: row[0], run: try name(row[1]), camera: try name(row[2]), time: UnixTime(microseconds: row[3]),
                state: row[4], message: row[5], frames: row[6], droppedFrames: row[7], reason: row[8])
        }
    }

    /// Runs a SELECT over one table with the filter's conditions and makes a record of each row, newest first.
    func query<Record>(
        _ select: String, where condition: (sql: String, value: Int)? = nil, time: String = "start_us",
        _ filter: HistoryFilter, _ record: (Row, (Int64) throws -> String) throws -> Record
    ) throws(HistoryError) -> [Record] {
        try explaining(path) {
            try database.read { db in
                guard let conditions = try SQLConditions(filter, and: condition, time: time, in: db) else { return [] }
                var sql = select + conditions.sql + " ORDER BY " + time + " DESC, id DESC"
                if filter.limit != nil { sql += " LIMIT ?" }
                let statement = try db.cachedStatement(sql: sql)
                var values = conditions.values
                if let limit = filter.limit { values.append(Int64(max(limit, 0)).databaseValue) }
                statement.arguments = StatementArguments(values)
                var records: [Record] = []
                records.reserveCapacity(min(filter.limit ?? 0, 1000))
                var known = names.withLock { $0 }
                let rows = try Row.fetchCursor(statement)
                while let row = try rows.next() {
                    records.append(try record(row) { id in try Self.name(id, &known, db) })
                }
                names.withLock { $0 = known }
                return records
            }
        }
    }

    private static func name(_ id: Int64, _ known: inout [Int64: String], _ db: Database) throws -> String {
        if let name = known[id] { return name }
        let name = try String.fetchOne(db, sql: "SELECT text FROM name WHERE id = ?", arguments: [id]) ?? ""
        known[id] = name
        return name
    }
}

extension Row {
    /// A column of microseconds.
    fileprivate func duration(_ index: Int) -> Duration? {
        (self[index] as Int64?).map { .microseconds($0) }
    }
}
