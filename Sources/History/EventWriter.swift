import Events
import GRDB
import Skeleton

/// Turns events into rows: one row a segment, which begin opens and end closes.
///
/// A value, so that a transaction that fails leaves no trace of itself in it.
struct EventWriter {
    private var names: [String: Int64] = [:]
    private var runs: [EventID: Int64] = [:]
    private var open: [EventID: Int64] = [:]

    /// Writes one event within a transaction. Heartbeats leave nothing behind.
    mutating func write(_ event: Event, to db: Database) throws {
        switch event.payload {
        case .action, .gesture, .track, .interaction: try writeSegment(event, to: db)
        case .rep(let repetition): try insert(repetition, of: event, to: db)
        case .camera(let camera): try insert(camera, of: event, to: db)
        case .heartbeat: break
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
            try insertSegment(event, to: db)
            if event.phase != .end { open[event.id] = db.lastInsertedRowID }
            return
        }
        // An update may correct the label, and say that the other has joined in.
        var binder = try StatementBinder(
            """
            UPDATE segment SET label = ?, end_us = ?, end_pts_us = ?, confidence = max(confidence, ?), open = ?, reason = ?,
            mutual = max(mutual, ?) WHERE id = ?
            """, in: db)
        binder.bind(try name(event.label ?? "", in: db))
        binder.bind(event.endTime.microseconds)
        binder.bind((event.end ?? event.presentationTime)?.inMicroseconds)
        binder.bind(event.confidence.map { Double($0) })
        binder.bind(event.phase != .end)
        binder.bind(event.reason?.rawValue)
        binder.bind(event.mutual)
        binder.bind(row)
        try binder.run(in: db)
        if event.phase == .end { open[event.id] = nil }
    }

    private mutating func insertSegment(_ event: Event, to db: Database) throws {
        guard let kind = SegmentKind(event.kind) else { return }
        var binder = try StatementBinder(
            """
            INSERT INTO segment(event_id, kind, run, camera, label, track, confidence, start_us, end_us, start_pts_us,
            end_pts_us, open, reason, model, other_track, mutual) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)
            """, in: db)
        binder.bind(event.id.description)
        binder.bind(kind.rawValue)
        binder.bind(try run(event.run, in: db))
        binder.bind(try name(event.camera, in: db))
        binder.bind(try name(event.label ?? "", in: db))
        binder.bind(event.track?.value ?? 0)
        binder.bind(event.confidence.map { Double($0) })
        binder.bind(event.startTime.microseconds)
        binder.bind(event.endTime.microseconds)
        binder.bind(event.start?.inMicroseconds)
        binder.bind((event.end ?? event.presentationTime)?.inMicroseconds)
        binder.bind(event.phase != .end)
        binder.bind(event.reason?.rawValue)
        binder.bind(try event.model.map { try name($0, in: db) })
        binder.bind(event.otherTrack)
        binder.bind(event.mutual)
        try binder.run(in: db)
    }

    private mutating func insert(_ repetition: RepetitionPayload, of event: Event, to db: Database) throws {
        var binder = try StatementBinder(
            """
            INSERT INTO repetition(event_id, run, camera, label, track, "index", confidence, start_us, end_us,
            start_pts_us, end_pts_us, turn_pts_us, rom_deg, down_us, up_us)
            VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)
            """, in: db)
        binder.bind(event.id.description)
        binder.bind(try run(event.run, in: db))
        binder.bind(try name(event.camera, in: db))
        binder.bind(try name(repetition.exercise, in: db))
        binder.bind(repetition.track.value)
        binder.bind(repetition.index)
        binder.bind(Double(repetition.confidence))
        binder.bind(event.startTime.microseconds)
        binder.bind(event.captureTime.microseconds)
        binder.bind(repetition.start.inMicroseconds)
        binder.bind(event.presentationTime?.inMicroseconds)
        binder.bind(repetition.turningPoint?.inMicroseconds)
        binder.bind(repetition.rangeOfMotion.map { Double($0) })
        binder.bind(repetition.down?.inMicroseconds)
        binder.bind(repetition.up?.inMicroseconds)
        try binder.run(in: db)
    }

    private mutating func insert(_ camera: CameraPayload, of event: Event, to db: Database) throws {
        var binder = try StatementBinder(
            """
            INSERT INTO camera_state(event_id, run, camera, time_us, state, message, frames, dropped_frames, reason)
            VALUES (?,?,?,?,?,?,?,?,?)
            """, in: db)
        binder.bind(event.id.description)
        binder.bind(try run(event.run, in: db))
        binder.bind(try name(event.camera, in: db))
        binder.bind(event.captureTime.microseconds)
        binder.bind(camera.state.rawValue)
        binder.bind(camera.message)
        binder.bind(camera.frames)
        binder.bind(camera.droppedFrames)
        binder.bind(event.reason?.rawValue)
        try binder.run(in: db)
    }

    private mutating func run(_ id: EventID, in db: Database) throws -> Int64 {
        if let known = runs[id] { return known }
        let number = try name(id.description, in: db)
        runs[id] = number
        return number
    }

    /// The number that stands for a name, given at its first use.
    private mutating func name(_ text: String, in db: Database) throws -> Int64 {
        if let known = names[text] { return known }
        let found = try Int64.fetchOne(db, sql: "SELECT id FROM name WHERE text = ?", arguments: [text])
        if let found {
            names[text] = found
            return found
        }
        try db.execute(sql: "INSERT INTO name(text) VALUES (?)", arguments: [text])
        names[text] = db.lastInsertedRowID
        return db.lastInsertedRowID
    }
}

extension Event {
    /// Wall-clock time of the beginning: as long before the capture as the media times are apart.
    fileprivate var startTime: UnixTime {
        guard let start, let presentationTime, start < presentationTime else { return captureTime }
        return captureTime.adding(start - presentationTime)
    }

    /// Wall-clock time of the end that is judged, or of the capture.
    fileprivate var endTime: UnixTime {
        guard let end, let presentationTime, end < presentationTime else { return captureTime }
        return captureTime.adding(end - presentationTime)
    }

    fileprivate var otherTrack: Int? {
        if case .interaction(let interaction) = payload { interaction.other.value } else { nil }
    }

    /// 1 for what both do, 0 for what one does to the other.
    fileprivate var mutual: Int? {
        if case .interaction(let interaction) = payload { interaction.isMutual ? 1 : 0 } else { nil }
    }
}
