import Events
import GRDB
import Skeleton

/// Turns events into rows: one row a segment, which begin opens and end closes.
///
/// A value, so that a transaction that fails leaves no trace of itself in it.
struct EventWriter {
    private var names = NameNumbers()
    private var runs: [EventID: Int64] = [:]
    private var open: [EventID: OpenRow] = [:]

    /// A row whose segment goes on.
    private struct OpenRow {
        let id: Int64
        let camera: String
        let track: Int
        var label: Int64
    }

    /// An update writes no column that an index holds: SQLite writes the index anew, whether the value is another or not.
    private static let update = """
        UPDATE segment SET end_us = ?, end_pts_us = ?, confidence = max(confidence, ?), mutual = max(mutual, ?),
        peak = coalesce(?, peak) WHERE id = ?
        """
    private static let end = """
        UPDATE segment SET end_us = ?, end_pts_us = ?, confidence = max(confidence, ?), mutual = max(mutual, ?),
        peak = coalesce(?, peak), open = 0, reason = ? WHERE id = ?
        """

    /// Writes one event within a transaction. Heartbeats leave nothing behind.
    mutating func write(_ event: Event, to db: Database) throws {
        switch event.payload {
        case .action, .gesture, .track, .interaction: try writeSegment(event, to: db)
        case .set(let set):
            try writeSegment(event, to: db)
            try name(set, of: event, in: db)
        case .rep(let repetition): try insert(repetition, of: event, to: db)
        case .camera(let camera): try insert(camera, of: event, to: db)
        case .history(let history): try write(history, of: event, to: db)
        case .robot, .heartbeat: break
        }
    }

    /// Moves the end of what those in a picture do to the time of the picture, so that a crash leaves it near there.
    func advance(_ note: PresenceNote, in db: Database) throws {
        for row in open.values
        where row.camera == note.camera && note.tracks.contains(where: { $0.value == row.track }) {
            var binder = try StatementBinder(
                """
                UPDATE segment SET end_us = max(end_us, ?), end_pts_us = max(coalesce(end_pts_us, 0), ?) WHERE id = ?
                """, in: db)
            binder.bind(note.time.microseconds)
            binder.bind(note.presentationTime.inMicroseconds)
            binder.bind(row.id)
            try binder.run(in: db)
        }
    }

    /// Forgets where rows and names are, and looks up what the run has open: the file may be another one now.
    mutating func reload(_ run: EventID?, from db: Database) throws {
        self = EventWriter()
        guard let run else { return }
        let rows = try Row.fetchCursor(
            db,
            sql: """
                SELECT s.id, event_id, c.text, track, label FROM segment s JOIN name c ON c.id = s.camera
                JOIN name r ON r.id = s.run WHERE open = 1 AND r.text = ?
                """, arguments: [run.description])
        while let row = try rows.next() {
            guard let id = EventID(row[1] as String) else { continue }
            open[id] = OpenRow(id: row[0], camera: row[2], track: row[3], label: row[4])
        }
    }

    /// Closes what a crash left open, where it was last heard of.
    static func closeLeftovers(in db: Database) throws {
        try db.execute(
            sql: "UPDATE segment SET open = 0, reason = ? WHERE open = 1", arguments: [EndReason.failed.rawValue])
        // A camera whose last row is no end was watched by a run that ended without a word.
        try db.execute(
            sql: """
                INSERT INTO camera_state(event_id, run, camera, time_us, state, message, frames, dropped_frames, reason)
                SELECT event_id, run, camera, max(
                    time_us,
                    coalesce((SELECT max(end_us) FROM segment s WHERE s.run = c.run AND s.camera = c.camera), 0),
                    coalesce((SELECT max(end_us) FROM repetition r WHERE r.run = c.run AND r.camera = c.camera), 0)),
                    ?1, 'Laban ended without a word; this is when it was last heard of', frames, dropped_frames, ?2
                FROM camera_state c WHERE id IN (SELECT max(id) FROM camera_state GROUP BY run, camera)
                    AND reason IS NULL AND state NOT IN (?3, ?1)
                """,
            arguments: [
                CameraPayload.State.failed.rawValue, EndReason.failed.rawValue, CameraPayload.State.ended.rawValue,
            ])
    }

    private mutating func writeSegment(_ event: Event, to db: Database) throws {
        guard let row = open[event.id] else {
            let label = try names.number(of: event.label ?? "", in: db)
            try insertSegment(event, label: label, to: db)
            if event.phase != .end { remember(event, label: label, in: db) }
            return
        }
        // It may say that the other has joined in.
        var binder = try StatementBinder(event.phase == .end ? Self.end : Self.update, in: db)
        binder.bind(event.endTime.microseconds)
        binder.bind((event.end ?? event.presentationTime)?.inMicroseconds)
        binder.bind(event.confidence.map { Double($0) })
        binder.bind(event.mutual)
        binder.bind(event.payload.segment?.peak.map { Double($0) })
        if event.phase == .end { binder.bind(event.reason?.rawValue) }
        binder.bind(row.id)
        try binder.run(in: db)
        try correct(row, of: event, in: db)
        if event.phase == .end { open[event.id] = nil }
    }

    /// Writes the label where it has become another.
    private mutating func correct(_ row: OpenRow, of event: Event, in db: Database) throws {
        let label = try names.number(of: event.label ?? "", in: db)
        guard label != row.label else { return }
        var binder = try StatementBinder("UPDATE segment SET label = ? WHERE id = ?", in: db)
        binder.bind(label)
        binder.bind(row.id)
        try binder.run(in: db)
        open[event.id]?.label = label
    }

    private mutating func remember(_ event: Event, label: Int64, in db: Database) {
        open[event.id] = OpenRow(
            id: db.lastInsertedRowID, camera: event.camera, track: event.track?.value ?? 0, label: label)
    }

    private mutating func insertSegment(_ event: Event, label: Int64, to db: Database) throws {
        guard let kind = SegmentKind(event.kind) else { return }
        var binder = try StatementBinder(
            """
            INSERT INTO segment(event_id, kind, run, camera, label, track, confidence, start_us, end_us, start_pts_us,
            end_pts_us, open, reason, model, other_track, mutual, threshold, peak, count, held_us)
            VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)
            """, in: db)
        binder.bind(event.id.description)
        binder.bind(kind.rawValue)
        binder.bind(try run(event.run, in: db))
        binder.bind(try names.number(of: event.camera, in: db))
        binder.bind(label)
        binder.bind(event.track?.value ?? 0)
        binder.bind(event.confidence.map { Double($0) })
        binder.bind(event.startTime.microseconds)
        binder.bind(event.endTime.microseconds)
        binder.bind(event.start?.inMicroseconds)
        binder.bind((event.end ?? event.presentationTime)?.inMicroseconds)
        binder.bind(event.phase != .end)
        binder.bind(event.reason?.rawValue)
        binder.bind(try event.model.map { try names.number(of: $0, in: db) })
        binder.bind(event.otherTrack)
        binder.bind(event.mutual)
        binder.bind(event.payload.segment?.threshold.map { Double($0) })
        binder.bind(event.payload.segment?.peak.map { Double($0) })
        binder.bind(event.payload.set?.count)
        binder.bind(event.payload.set?.held?.inMicroseconds)
        try binder.run(in: db)
    }

    private mutating func insert(_ repetition: RepetitionPayload, of event: Event, to db: Database) throws {
        var binder = try StatementBinder(
            """
            INSERT INTO repetition(event_id, run, camera, label, track, "index", confidence, start_us, end_us,
            start_pts_us, end_pts_us, turn_pts_us, rom_deg, down_us, up_us, partial, set_number, basis, faults)
            VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)
            """, in: db)
        binder.bind(event.id.description)
        binder.bind(try run(event.run, in: db))
        binder.bind(try names.number(of: event.camera, in: db))
        binder.bind(try names.number(of: repetition.exercise, in: db))
        binder.bind(repetition.track.value)
        binder.bind(repetition.index)
        binder.bind(Double(repetition.confidence))
        binder.bind(event.startTime.microseconds)
        binder.bind(event.endTime.microseconds)
        binder.bind(repetition.start.inMicroseconds)
        binder.bind((event.end ?? event.presentationTime)?.inMicroseconds)
        binder.bind(repetition.turningPoint?.inMicroseconds)
        binder.bind(repetition.rangeOfMotion.map { Double($0) })
        binder.bind(repetition.down?.inMicroseconds)
        binder.bind(repetition.up?.inMicroseconds)
        binder.bind(repetition.isPartial)
        binder.bind(repetition.set)
        binder.bind(repetition.basis)
        binder.bind(repetition.faults.isEmpty ? nil : repetition.faults.map(\.name).joined(separator: " "))
        try binder.run(in: db)
    }

    /// What a set is called shows when it is over: repetitions that were told before by another name get the set's, so that
    /// sums by name agree.
    private mutating func name(_ set: SetPayload, of event: Event, in db: Database) throws {
        var binder = try StatementBinder(
            """
            UPDATE repetition SET label = ? WHERE track = ? AND start_us >= ? AND run = ? AND camera = ? AND set_number = ?
            """, in: db)
        binder.bind(try names.number(of: set.exercise, in: db))
        binder.bind(set.track.value)
        binder.bind(event.startTime.microseconds - Self.slack)
        binder.bind(try run(event.run, in: db))
        binder.bind(try names.number(of: event.camera, in: db))
        binder.bind(set.number)
        try binder.run(in: db)
    }

    /// Microseconds by which a repetition may lie before its set, as times on the clock are reckoned.
    private static let slack: Int64 = 1_000_000

    private mutating func insert(_ camera: CameraPayload, of event: Event, to db: Database) throws {
        var binder = try StatementBinder(
            """
            INSERT INTO camera_state(event_id, run, camera, time_us, state, message, frames, dropped_frames, reason)
            VALUES (?,?,?,?,?,?,?,?,?)
            """, in: db)
        binder.bind(event.id.description)
        binder.bind(try run(event.run, in: db))
        binder.bind(try names.number(of: event.camera, in: db))
        binder.bind(event.captureTime.microseconds)
        binder.bind(camera.state.rawValue)
        binder.bind(camera.message)
        binder.bind(camera.frames)
        binder.bind(camera.droppedFrames)
        binder.bind(event.reason?.rawValue)
        try binder.run(in: db)
    }

    /// A hole is a row of its own, from the first event that was late or lost to the last one.
    private mutating func write(_ history: HistoryPayload, of event: Event, to db: Database) throws {
        // The store itself writes of damage when it finds it.
        guard history.state != .damaged else { return }
        try writeHole(
            history, id: event.id, run: event.run.description, isOpen: event.phase != .end, at: event.captureTime,
            to: db)
        if event.phase == .end {
            open[event.id] = nil
        } else if open[event.id] == nil {
            remember(event, label: 0, in: db)
        }
    }

    /// Damage is a hole from when the file last tells of anything to when its log was last written to.
    mutating func writeHoleOfDamage(_ hole: HistoryPayload, to db: Database) throws {
        let last = try Int64.fetchOne(
            db,
            sql: """
                SELECT max((SELECT coalesce(max(end_us), 0) FROM segment),
                    (SELECT coalesce(max(end_us), 0) FROM repetition), (SELECT coalesce(max(time_us), 0) FROM camera_state))
                """)
        var hole = hole
        let until = hole.until ?? UnixTime(microseconds: 0)
        hole.since = UnixTime(microseconds: min(last ?? 0, until.microseconds))
        var ids = EventIDGenerator(random: SystemRandomNumberGenerator())
        try writeHole(hole, id: ids.next(at: until), run: "", isOpen: false, at: until, to: db)
    }

    /// Makes the row of a hole, or brings it up to date.
    private mutating func writeHole(
        _ history: HistoryPayload, id: EventID, run: String, isOpen: Bool, at time: UnixTime, to db: Database
    ) throws {
        let (start, end) = (history.since ?? time, history.until ?? time)
        let reason = isOpen ? nil : EndReason.completed.rawValue
        let label = try names.number(of: history.message, in: db)
        if let row = open[id] {
            try db.execute(
                sql: """
                    UPDATE segment SET label = ?, start_us = ?, end_us = ?, open = ?, reason = ?, count = ? WHERE id = ?
                    """,
                arguments: [
                    label, start.microseconds, end.microseconds, isOpen, reason, history.dropped, row.id,
                ])
        } else {
            try db.execute(
                sql: """
                    INSERT INTO segment(event_id, kind, run, camera, label, track, start_us, end_us, open, reason, count)
                    VALUES (?,?,?,?,?,0,?,?,?,?,?)
                    """,
                arguments: [
                    id.description, HistoryReader.holeKind, try names.number(of: run, in: db),
                    try names.number(of: "", in: db), label, start.microseconds, end.microseconds, isOpen, reason,
                    history.dropped,
                ])
        }
    }

    private mutating func run(_ id: EventID, in db: Database) throws -> Int64 {
        if let known = runs[id] { return known }
        let number = try names.number(of: id.description, in: db)
        runs[id] = number
        return number
    }
}

extension Event {
    /// Wall-clock time of the beginning: as long before the capture as the media times are apart.
    fileprivate var startTime: UnixTime {
        guard let start, let presentationTime, start < presentationTime else { return captureTime }
        return captureTime.adding(start - presentationTime)
    }

    /// Wall-clock time of the end that is estimated, or of the capture.
    fileprivate var endTime: UnixTime {
        guard let end, let presentationTime, end < presentationTime else { return captureTime }
        return captureTime.adding(end - presentationTime)
    }

    fileprivate var otherTrack: Int? { payload.segment?.other?.value }

    /// 1 for what both do, 0 for what one does to the other.
    fileprivate var mutual: Int? {
        if case .interaction(let interaction) = payload { interaction.isMutual ? 1 : 0 } else { nil }
    }
}
