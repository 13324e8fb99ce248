import Events
import Foundation
import GRDB
import Synchronization

/// Answers questions about a history while it may be written to, and never changes it.
package final class HistoryReader: Sendable {
    package let path: String
    /// What is lost of a file that no store has opened since; nil when nothing is.
    package let damage: String?
    private let database: any DatabaseReader
    /// Looking through SQLite at a damaged log could end it, so a copy is looked at.
    private let copy: TemporaryCopy?
    private let names = Mutex(NameTable())
    private let mutualColumn: String

    /// Opens the history at `path`.
    package init(path: String) throws(HistoryError) {
        self.path = path
        let damaged = DamagedHistory(path: path).flatMap { WriterLock.isHeld(path: path) ? nil : $0 }
        damage = damaged?.message
        copy = try damaged.map { (found) throws(HistoryError) in try TemporaryCopy(of: found) }
        let place = copy?.path ?? path
        do throws(HistoryError) {
            try HistorySchema.check(place, mustExist: true)
        } catch {
            guard let damaged else { throw error }
            throw HistoryError(
                .notAHistory, path: path, message: "\(damaged.message), and without it nothing can be read")
        }
        let queue = try explaining(path) {
            try DatabaseQueue(path: place, configuration: HistorySchema.configuration(readonly: true))
        }
        database = queue
        mutualColumn = try explaining(path) { try queue.read { try HistorySchema.mutualColumn(in: $0) } }
    }

    /// An interaction is about both who does it and whom it is done to.
    static let segmentOf = "? IN (track, other_track)"

    /// Segments of one kind, newest first.
    package func segments(
        _ kind: SegmentKind, _ filter: HistoryFilter = .init()
    ) throws(HistoryError) -> [SegmentRecord] {
        try query(
            """
            SELECT event_id, run, camera, track, label, confidence, start_us, end_us, start_pts_us, end_pts_us, open,
            reason, model, other_track, \(mutualColumn) FROM segment
            """, where: ("kind = ?", kind.rawValue), who: Self.segmentOf, filter
        ) { row, names in
            SegmentRecord(
                kind: kind, eventID: row.text(0) ?? "", run: names[row.integer(1)], camera: names[row.integer(2)],
                track: Int(row.integer(3)), label: names[row.integer(4)], confidence: row.number(5),
                start: row.time(6), end: row.time(7), startPresentation: row.duration(8),
                endPresentation: row.duration(9), isOpen: row.integer(10) != 0, reason: row.text(11),
                model: row.isNull(12) ? nil : names[row.integer(12)], otherTrack: row.count(13),
                isMutual: row.isNull(14) ? nil : row.integer(14) != 0)
        }
    }

    /// Counted repetitions, newest first.
    package func repetitions(_ filter: HistoryFilter = .init()) throws(HistoryError) -> [RepetitionRecord] {
        try query(
            """
            SELECT event_id, run, camera, track, label, "index", confidence, start_us, end_us, start_pts_us, end_pts_us,
            turn_pts_us, rom_deg, down_us, up_us FROM repetition
            """, filter
        ) { row, names in
            RepetitionRecord(
                eventID: row.text(0) ?? "", run: names[row.integer(1)], camera: names[row.integer(2)],
                track: Int(row.integer(3)), exercise: names[row.integer(4)], index: Int(row.integer(5)),
                confidence: row.number(6), start: row.time(7), end: row.time(8), startPresentation: row.duration(9),
                endPresentation: row.duration(10), turningPoint: row.duration(11), rangeOfMotion: row.number(12),
                down: row.duration(13), up: row.duration(14))
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
        ) { row, names in
            CameraRecord(
                eventID: row.text(0) ?? "", run: names[row.integer(1)], camera: names[row.integer(2)],
                time: row.time(3), state: row.text(4) ?? "", message: row.text(5), frames: row.count(6),
                droppedFrames: row.count(7), reason: row.text(8))
        }
    }

    /// Runs a SELECT over one table with the filter's conditions and makes a record of each row, newest first.
    func query<Record>(
        _ select: String, where condition: (sql: String, value: Int)? = nil, who: String = "track = ?",
        time: String = "start_us", _ filter: HistoryFilter, _ record: (StatementRow, NameTable) -> Record
    ) throws(HistoryError) -> [Record] {
        try explaining(path) {
            try database.read { db in
                var names = names.withLock { $0 }
                try names.update(from: db)
                guard let conditions = SQLConditions(filter, and: condition, who: who, time: time, names: names) else {
                    return []
                }
                var values = conditions.values
                if let limit = filter.limit { values.append(Int64(max(limit, 0))) }
                let statement = try db.cachedStatement(
                    sql: select + conditions.sql + " ORDER BY " + time + " DESC, id DESC"
                        + (filter.limit == nil ? "" : " LIMIT ?"))
                statement.setUncheckedArguments(StatementArguments(values))
                let row = StatementRow(statement)
                var records: [Record] = []
                records.reserveCapacity(min(max(filter.limit ?? 0, 0), 1000))
                let rows = try Row.fetchCursor(statement)
                while try rows.next() != nil { records.append(record(row, names)) }
                self.names.withLock { $0 = names }
                return records
            }
        }
    }
}
