import Events
import GRDB
import Skeleton

/// Turns events into rows: one row a segment, which begin opens and end closes.
///
/// A value, so that a transaction that fails leaves no trace of itself in it.
struct EventWriter {
    private var names: [String: Int64] = [:]
    private var open: [EventID: Int64] = [:]

    /// Writes one event within a transaction. Robot targets and heartbeats leave nothing behind.
    mutating func write(_ event: Event, to db: Database) throws {
        switch event.payload {
        case .action, .gesture, .track, .interaction, .set: try writeSegment(event, to: db)
        case .rep(let repetition): try insert(repetition, of: event, to: db)
        case .camera(let camera): try insert(camera, of: event, to: db)
        case .robot, .heartbeat: break
        }
    }

    /// Closes what a crash left open, where it was last heard of.
    static func closeLeftovers(in db: Database) throws {
        try db.execute(
            sql: "UPDATE segment SET open = 0, reason = ? WHERE open = 1", arguments: [EndReason.failed.rawValue])
    }

    private mutating func writeSegment(_ event: Event, to db: Database) throws {
        if let row = open[event.id] {
            let statement = try db.cachedStatement(
                sql: """
                    UPDATE segment SET end_us = ?, end_pts_us = ?, confidence = max(confidence, ?), open = ?, reason = ?,
                    count = coalesce(?, count) WHERE id = ?
                    """)
            statement.setUncheckedArguments([
                event.captureTime.microseconds, event.presentationTime?.inMicroseconds,
                event.confidence.map { Double($0) }, event.phase != .end, event.reason?.rawValue, event.count, row,
            ])
            try statement.execute()
            if event.phase == .end { open[event.id] = nil }
        } else {
            try insertSegment(event, to: db)
            if event.phase != .end { open[event.id] = db.lastInsertedRowID }
        }
    }

    private mutating func insertSegment(_ event: Event, to db: Database) throws {
        guard let kind = SegmentKind(event.kind) else { return }
        let statement = try db.cachedStatement(
            sql: """
                INSERT INTO segment(event_id, kind, run, camera, label, track, confidence, start_us, end_us, start_pts_us,
                end_pts_us, open, reason, model, other_track, count) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)
                """)
        statement.setUncheckedArguments([
            event.id.description, kind.rawValue, try name(event.run.description, in: db),
            try name(event.camera, in: db), try name(event.label ?? "", in: db), event.track?.value ?? 0,
            event.confidence.map { Double($0) }, event.startTime.microseconds, event.captureTime.microseconds,
            event.start?.inMicroseconds, event.presentationTime?.inMicroseconds, event.phase != .end,
            event.reason?.rawValue, try event.model.map { try name($0, in: db) }, event.otherTrack, event.count,
        ])
        try statement.execute()
    }

    private mutating func insert(_ repetition: RepetitionPayload, of event: Event, to db: Database) throws {
        let statement = try db.cachedStatement(
            sql: """
                INSERT INTO repetition(event_id, run, camera, label, track, "index", confidence, start_us, end_us,
                start_pts_us, end_pts_us, turn_pts_us, rom_deg, down_us, up_us, faults)
                VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)
                """)
        statement.setUncheckedArguments([
            event.id.description, try name(event.run.description, in: db), try name(event.camera, in: db),
            try name(repetition.exercise, in: db), repetition.track.value, repetition.index,
            Double(repetition.confidence), event.startTime.microseconds, event.captureTime.microseconds,
            repetition.start.inMicroseconds, event.presentationTime?.inMicroseconds,
            repetition.turningPoint?.inMicroseconds, repetition.rangeOfMotion.map { Double($0) },
            repetition.down?.inMicroseconds, repetition.up?.inMicroseconds,
            repetition.faults.isEmpty ? nil : repetition.faults.joined(separator: " "),
        ])
        try statement.execute()
    }

    private mutating func insert(_ camera: CameraPayload, of event: Event, to db: Database) throws {
        let statement = try db.cachedStatement(
            sql: """
                INSERT INTO camera_state(event_id, run, camera, time_us, state, message, frames, dropped_frames, reason)
                VALUES (?,?,?,?,?,?,?,?,?)
                """)
        statement.setUncheckedArguments([
            event.id.description, try name(event.run.description, in: db), try name(event.camera, in: db),
            event.captureTime.microseconds, camera.state.rawValue, camera.message, camera.frames,
            camera.droppedFrames, event.reason?.rawValue,
        ])
        try statement.execute()
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

    fileprivate var otherTrack: Int? {
        if case .interaction(let interaction) = payload { interaction.other.value } else { nil }
    }

    fileprivate var count: Int? {
        if case .set(let set) = payload { set.count } else { nil }
    }
}
