import Events
import GRDB
import Skeleton

/// Writes the `clip` table, and keeps it as small as it is to be.
///
/// A value, so that a transaction that fails leaves no trace of itself in it.
struct ClipTable {
    private let keeping: ClipKeeping
    private var names = NameNumbers()
    /// Of all clips in the file.
    private var bytes: Int64

    /// At most so many are deleted in one go.
    private static let batch = 32
    /// In bytes; no clip is as large.
    private static let mostBytes = 2 * Deflated.limit

    init(_ keeping: ClipKeeping, in db: Database) throws {
        self.keeping = keeping
        bytes =
            keeping.isOn
            ? try Int64.fetchOne(db, sql: "SELECT CAST(coalesce(sum(size), 0) AS INTEGER) FROM clip") ?? 0 : 0
    }

    /// Puts sizes right that cannot be: they could not be added up.
    static func mendSizes(in db: Database) throws {
        // They are looked for in an index alone.
        try db.execute(
            sql: """
                UPDATE clip SET size = length(bytes)
                WHERE id IN (SELECT id FROM clip WHERE size NOT BETWEEN 0 AND ?)
                """, arguments: [mostBytes])
    }

    /// Adds a clip, and makes room for it; its age counts from now.
    mutating func insert(_ clip: PackedClip, now: UnixTime, to db: Database) throws {
        var binder = try StatementBinder(
            """
            INSERT INTO clip(run, camera, track, start_us, end_us, start_pts_us, topology, written_us, size, bytes)
            VALUES (?,?,?,?,?,?,?,?,?,?)
            """, in: db)
        binder.bind(try names.number(of: clip.run.description, in: db))
        binder.bind(try names.number(of: clip.camera, in: db))
        binder.bind(clip.track.value)
        binder.bind(clip.start.microseconds)
        binder.bind(clip.end.microseconds)
        binder.bind(clip.startPresentation.inMicroseconds)
        binder.bind(try names.number(of: clip.topology, in: db))
        binder.bind(now.microseconds)
        binder.bind(clip.bytes.count)
        binder.bind(bytes: clip.bytes)
        try binder.run(in: db)
        // Where a limit was lowered what is over it goes bit by bit, and nothing is added to it.
        let limit = max(keeping.bytes, bytes)
        bytes += Int64(clip.bytes.count)
        while bytes > limit, try deleteSome(now: now, in: db) {}
    }

    /// Deletes some of those that are too old, or the oldest of too many, and notes which limit they exceeded.
    ///
    /// - Returns: whether there may be more of them.
    mutating func deleteSome(now: UnixTime, in db: Database) throws -> Bool {
        guard keeping.isOn else { return false }
        let since = now.adding(.zero - keeping.age)
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT id, CAST(size AS INTEGER), CAST(written_us AS INTEGER) FROM clip
                ORDER BY written_us, id LIMIT ?
                """, arguments: [Self.batch])
        var deleted = 0
        for row in rows {
            let written: Int64 = row[2]
            let isOld = written < since.microseconds
            guard isOld || bytes > keeping.bytes else { break }
            try delete(row[0], for: isOld ? .days : .megabytes, in: db)
            // Whatever somebody wrote there.
            bytes = bytes &- (row[1] as Int64)
            deleted += 1
        }
        return deleted == Self.batch
    }

    private func delete(_ id: Int64, for limit: ClipKeeping.Limit, in db: Database) throws {
        try db.execute(
            sql: """
                INSERT INTO deleted_clips(run, camera, limit_exceeded, start_us, end_us, count)
                SELECT run, camera, ?, start_us, end_us, 1 FROM clip WHERE id = ?
                ON CONFLICT DO UPDATE SET start_us = min(start_us, excluded.start_us),
                    end_us = max(end_us, excluded.end_us), count = count + 1
                """, arguments: [limit.rawValue, id])
        try db.execute(sql: "DELETE FROM clip WHERE id = ?", arguments: [id])
    }
}
