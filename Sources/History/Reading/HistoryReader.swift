import Events
import Foundation
import GRDB
import Synchronization

/// Answers questions about a history while it may be written to, and never changes it.
package final class HistoryReader: Sendable {
    package let path: String
    /// What is lost of a file that no store has opened since; nil when nothing is.
    package let damage: String?
    private let database: DatabaseQueue
    /// Looking through SQLite at a damaged log could end it, so a copy is looked at.
    private let copy: TemporaryCopy?
    private let names = Mutex(NameTable())
    private let laterColumns: String
    let laterRepetitionColumns: String

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
        (laterColumns, laterRepetitionColumns) = try explaining(path) {
            try queue.read { database in
                (
                    try HistorySchema.columns(["mutual", "threshold", "peak", "held_us"], of: "segment", in: database),
                    try HistorySchema.columns(["partial", "set_number", "basis"], of: "repetition", in: database)
                )
            }
        }
    }

    /// Whether a row is about a track: an interaction is about both who does it and whom it is done to.
    static func isAboutTrack(_ kind: SegmentKind) -> String {
        kind == .interaction ? "(track = ? OR other_track = ?)" : "track = ?"
    }

    /// How much of what is stored falls into the time a question is about.
    func presence(in filter: HistoryFilter) -> Presence {
        Presence(filter, isBeingWritten: WriterLock.isHeld(path: path))
    }

    /// Segments of one kind, those that began last first.
    package func segments(
        _ kind: SegmentKind, _ filter: HistoryFilter = .init()
    ) throws(HistoryError) -> [SegmentRecord] {
        try query(
            """
            event_id, run, camera, track, label, confidence, start_us, end_us, start_pts_us, end_pts_us, open, reason,
            model, other_track, \(laterColumns), \(try correctionColumns(kind).joined(separator: ", ")), count
            """, of: kind, filter
        ) { row, names in
            var record = SegmentRecord(
                kind: kind, eventID: row.text(0) ?? "", run: names[row.integer(1)], camera: names[row.integer(2)],
                track: Int(row.integer(3)), label: names[row.integer(4)], confidence: row.number(5),
                start: row.time(6), end: row.time(7), startPresentation: row.duration(8),
                endPresentation: row.duration(9), isOpen: row.integer(10) != 0, reason: row.text(11),
                model: row.isNull(12) ? nil : names[row.integer(12)], otherTrack: row.count(13),
                isMutual: row.isNull(14) ? nil : row.integer(14) != 0, threshold: row.number(15),
                peak: row.number(16), count: row.count(22),
                held: row.isInteger(17) && Self.heldTimes ~= row.integer(17) ? row.duration(17) : nil,
                isHeld: !row.isNull(17))
            if !row.isNull(18) {
                record.correction = .init(
                    told: record.label, time: row.time(19), author: row.text(20), note: row.text(21))
                record.label = names[row.integer(18)]
            }
            return record
        }
    }

    /// Nobody holds anything for longer than a day, in microseconds.
    private static let heldTimes: ClosedRange<Int64> = 0...86_400_000_000

    /// The action with this id; nil where there is none.
    package func action(_ eventID: String) throws(HistoryError) -> SegmentRecord? {
        let start = try read { db in
            try Int64.fetchOne(
                db, sql: "SELECT start_us FROM segment WHERE kind = ? AND event_id = ?",
                arguments: [SegmentKind.action.rawValue, eventID])
        }
        guard let start else { return nil }
        let moment = HistoryFilter(
            since: UnixTime(microseconds: start), until: UnixTime(microseconds: start &+ 1), isOfBeginnings: true)
        return try segments(.action, moment).first { $0.eventID == eventID }
    }

    /// Counted repetitions, newest first.
    package func repetitions(_ filter: HistoryFilter = .init()) throws(HistoryError) -> [RepetitionRecord] {
        try query(
            """
            event_id, run, camera, track, label, "index", confidence, start_us, end_us, start_pts_us, end_pts_us,
            turn_pts_us, rom_deg, down_us, up_us, \(laterRepetitionColumns), faults
            """, of: nil, filter
        ) { row, names in
            RepetitionRecord(
                eventID: row.text(0) ?? "", run: names[row.integer(1)], camera: names[row.integer(2)],
                track: Int(row.integer(3)), exercise: names[row.integer(4)], index: Int(row.integer(5)),
                confidence: row.number(6), start: row.time(7), end: row.time(8), startPresentation: row.duration(9),
                endPresentation: row.duration(10), turningPoint: row.duration(11), rangeOfMotion: row.number(12),
                down: row.duration(13), up: row.duration(14), isPartial: row.integer(15) != 0, set: row.count(16),
                basis: row.text(17), faults: row.text(18))
        }
    }

    /// What cameras reported of themselves, newest first, beginning with the state that each was in when the time asked about
    /// began; track and label of the filter do not matter.
    package func cameras(_ filter: HistoryFilter = .init()) throws(HistoryError) -> [CameraRecord] {
        var filter = filter
        filter.track = nil
        filter.label = nil
        return try query(
            "event_id, run, camera, time_us, state, message, frames, dropped_frames, reason", from: "camera_state",
            order: "time_us", filter
        ) { all in
            guard let since = filter.since?.microseconds, !filter.isOfBeginnings else {
                return [all.beginning(in: filter, time: "time_us")]
            }
            var conditions = all
            if let until = filter.until { conditions.add("time_us < ?", until.microseconds) }
            conditions.add(
                """
                (time_us >= ? OR id IN (SELECT (SELECT id FROM camera_state b WHERE b.camera = c.camera AND b.time_us < ?
                ORDER BY b.time_us DESC, b.id DESC LIMIT 1) FROM (SELECT DISTINCT camera FROM camera_state) c))
                """, since, since)
            return [conditions]
        } record: { row, names in
            CameraRecord(
                eventID: row.text(0) ?? "", run: names[row.integer(1)], camera: names[row.integer(2)],
                time: row.time(3), state: row.text(4) ?? "", message: row.text(5), frames: row.count(6),
                droppedFrames: row.count(7), reason: row.text(8))
        }
    }

    /// How SQLite finds the segments of a kind, or the repetitions, of a filter: a line a step, with the index it goes by.
    ///
    /// - Parameter kind: nil for repetitions.
    package func plan(of kind: SegmentKind?, _ filter: HistoryFilter) throws(HistoryError) -> [String] {
        try query("*", of: kind, filter, explains: true) { row, _ in row.text(3) ?? "" }
    }

    /// Makes a record of each segment of a kind, or of each repetition, that was going on in the filter's time; those that
    /// began last come first.
    ///
    /// With a label, what is held to be it: what somebody said of an action counts, not what it was told as.
    ///
    /// - Parameter kind: nil for repetitions.
    func query<Record>(
        _ columns: String, of kind: SegmentKind?, _ filter: HistoryFilter, explains: Bool = false,
        record: (StatementRow, NameTable) -> Record
    ) throws(HistoryError) -> [Record] {
        let table = kind == nil ? "repetition" : "segment"
        let asksOfCorrections = kind == .action && (filter.label != nil || filter.isCorrected)
        let areCorrected = asksOfCorrections ? try hasCorrections() : false
        guard areCorrected || !filter.isCorrected else { return [] }
        return try query(
            columns, from: table, where: kind.map { ("kind = ?", $0.rawValue) }, areCorrected: areCorrected,
            who: kind.map(Self.isAboutTrack) ?? "track = ?", filter, explains: explains
        ) { all in
            // What goes on until now was not there later than now.
            let isOfPresence = kind != nil && filter.since.map { $0 < filter.now } == true && !filter.isOfBeginnings
            return all.inTime(
                of: filter, table: table, aliveSince: isOfPresence ? presence(in: filter).aliveSince : nil)
        } record: { row, names in
            record(row, names)
        }
    }

    /// Runs SELECTs over one table, one after the other, and makes a record of each row.
    ///
    /// - Parameters:
    ///   - areCorrected: whether somebody has said something of some of the rows.
    ///   - order: the column of times, of which the greatest come first in each SELECT.
    ///   - explains: whether the rows are those of how SQLite finds what is asked for.
    ///   - statements: adds conditions about time to those about everything else, for each SELECT.
    func query<Record>(
        _ columns: String, from table: String, where condition: (sql: String, value: Int)? = nil,
        areCorrected: Bool = false, who: String = "track = ?", order: String = "start_us", _ filter: HistoryFilter,
        explains: Bool = false, statements: (SQLConditions) -> [SQLConditions],
        record: (StatementRow, NameTable) -> Record
    ) throws(HistoryError) -> [Record] {
        try read { db in
            var names = names.withLock { $0 }
            try names.update(from: db)
            self.names.withLock { $0 = names }
            let alternatives = SQLConditions.alternatives(
                filter, and: condition, areCorrected: areCorrected, who: who, names: names
            ).map(statements)
            let limit = filter.limit.map { max($0, 0) }
            var records: [Record] = []
            records.reserveCapacity(min(limit ?? 0, 1000))
            for place in (alternatives.first ?? []).indices where records.count < limit ?? .max {
                let conditions = alternatives.map { $0[place] }
                // SQLite merges what is sorted already.
                let selects = conditions.map { "SELECT \(columns), \(order), id FROM \(table)\($0.sql)" }
                let statement = try db.cachedStatement(
                    sql: (explains ? "EXPLAIN QUERY PLAN " : "") + selects.joined(separator: " UNION ALL ")
                        + " ORDER BY \(order) DESC, id DESC" + (limit == nil ? "" : " LIMIT ?"))
                let values = conditions.flatMap(\.values) + (limit.map { [Int64($0 - records.count)] } ?? [])
                statement.setUncheckedArguments(StatementArguments(values))
                let row = StatementRow(statement)
                let rows = try Row.fetchCursor(statement)
                while try rows.next() != nil { records.append(record(row, names)) }
            }
            return records
        }
    }

    /// Reads from the database.
    func read<Value>(_ body: (Database) throws -> Value) throws(HistoryError) -> Value {
        try explaining(path) { try database.read(body) }
    }
}
