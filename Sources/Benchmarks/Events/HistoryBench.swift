import Events
import Foundation
import GRDBSQLite
import History
import Skeleton

/// Measures what rows of a history take.
struct HistoryBench {
    let folder: URL
    let rows: Int

    /// Events of a transaction.
    private static let batch = 500

    func comparisons(rounds: Int) throws -> [Comparison] {
        let events = self.events()
        var same = Comparison(name: "history row, SQLite with its indices", unit: "µs", promise: .atMost(1.25))
        var bare = Comparison(name: "history row, SQLite without indices", unit: "µs", promise: .atMost(1.25))
        for round in 0..<rounds {
            let time = try laban(events, file("h\(round).db"))
            same.ours.append(time)
            bare.ours.append(time)
            same.peers.append(try sqlite(file("s\(round).db"), dropsIndices: false))
            bare.peers.append(try sqlite(file("b\(round).db"), dropsIndices: true))
        }
        return [same, bare]
    }

    private func file(_ name: String) -> String { folder.appending(path: name).path }

    /// Segments of half a second, a hundred ms apart, that begin and end.
    private func events() -> [Event] {
        let clock = EventClock(
            now: { UnixTime(microseconds: 1_795_255_200_000_000) }, monotonicNanoseconds: { 0 })
        var stamper = EventStamper(clock: clock)
        stamper.setTimeBase(.file(start: clock.now()), of: "gym")
        return (0..<rows).flatMap { row in
            [Phase.begin, .end].map { phase in
                let start = Duration.milliseconds(row * 100)
                return stamper.stamp(
                    EventDraft(
                        SegmentChange(
                            phase: phase, track: TrackID(row / 20), label: "squat", confidence: 0.75, segment: row,
                            frame: row, presentationTime: phase == .end ? start + .milliseconds(500) : start,
                            start: start, reason: phase == .end ? .completed : nil),
                        kind: .action, camera: "gym", model: "everyday-1"))
            }
        }
    }

    /// Microseconds a row.
    private func laban(_ events: [Event], _ path: String) throws -> Double {
        var settings = HistoryStore.Settings()
        settings.greatestBacklog = events.count
        let store = try HistoryStore(path: path, settings: settings)
        let start = ContinuousClock.now
        for first in stride(from: 0, to: events.count, by: Self.batch) {
            store.append(Array(events[first..<min(first + Self.batch, events.count)]))
        }
        try store.flush(within: .seconds(600))
        return (ContinuousClock.now - start).inSeconds * 1e6 / Double(rows)
    }

    /// The same statements on the tables of a history that was made for it.
    private func sqlite(_ path: String, dropsIndices: Bool) throws -> Double {
        do { try HistoryStore(path: path).flush() }
        let database = try BareDatabase(path: path)
        if dropsIndices { try database.dropIndices(of: "segment") }
        try database.run(
            """
            PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -8000;
            PRAGMA wal_autocheckpoint = 0
            """)
        let begin = try database.statement(
            """
            INSERT INTO segment(event_id, kind, run, camera, label, track, confidence, start_us, end_us, start_pts_us,
            end_pts_us, open, reason, model, other_track, mutual, threshold, peak)
            VALUES (?,0,1,2,3,?,?,?,?,?,?,1,NULL,4,NULL,NULL,NULL,NULL)
            """)
        let end = try database.statement(
            """
            UPDATE segment SET end_us = ?, end_pts_us = ?, confidence = max(confidence, ?), mutual = NULL, peak = NULL, open = 0,
            reason = 'completed' WHERE id = ?
            """)
        defer {
            sqlite3_finalize(begin)
            sqlite3_finalize(end)
        }
        let start = ContinuousClock.now
        for row in 0..<rows {
            if row % (Self.batch / 2) == 0 { try database.run(row == 0 ? "BEGIN" : "COMMIT; BEGIN") }
            let time = Int64(row) * 100_000
            sqlite3_bind_text(begin, 1, "01M5W6DS0AB5V2C7XG1N3T8YQD", 26, nil)
            sqlite3_bind_int64(begin, 2, Int64(row / 20))
            sqlite3_bind_double(begin, 3, 0.75)
            for (place, value) in [1_795_255_200_000_000 + time, 1_795_255_200_000_000 + time, time, time].enumerated()
            {
                sqlite3_bind_int64(begin, Int32(4 + place), value)
            }
            try database.step(begin)
            let id = sqlite3_last_insert_rowid(database.handle)
            sqlite3_bind_int64(end, 1, 1_795_255_200_500_000 + time)
            sqlite3_bind_int64(end, 2, time + 500_000)
            sqlite3_bind_double(end, 3, 0.75)
            sqlite3_bind_int64(end, 4, id)
            try database.step(end)
        }
        try database.run("COMMIT")
        return (ContinuousClock.now - start).inSeconds * 1e6 / Double(rows)
    }
}

/// SQLite without anything around it.
private final class BareDatabase {
    private(set) var handle: OpaquePointer?

    init(path: String) throws { try check(sqlite3_open(path, &handle)) }

    deinit { sqlite3_close(handle) }

    func run(_ sql: String) throws { try check(sqlite3_exec(handle, sql, nil, nil, nil)) }

    func statement(_ sql: String) throws -> OpaquePointer? {
        var statement: OpaquePointer?
        try check(sqlite3_prepare_v2(handle, sql, -1, &statement, nil))
        return statement
    }

    func step(_ statement: OpaquePointer?) throws {
        try check(sqlite3_step(statement) == SQLITE_DONE ? SQLITE_OK : SQLITE_ERROR)
        sqlite3_reset(statement)
    }

    func dropIndices(of table: String) throws {
        let names = try statement(
            "SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name = '\(table)' AND sql IS NOT NULL")
        var found: [String] = []
        while sqlite3_step(names) == SQLITE_ROW { found.append(String(cString: sqlite3_column_text(names, 0))) }
        sqlite3_finalize(names)
        for name in found { try run("DROP INDEX \(name)") }
    }

    private func check(_ code: Int32) throws {
        if code != SQLITE_OK { throw PeerError(message: "SQLite: " + String(cString: sqlite3_errmsg(handle))) }
    }
}
