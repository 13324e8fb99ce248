import Events
import Foundation
import GRDB
import Skeleton

/// The open file of a history and where the rows of what goes on are in it. Owned by one thread.
struct HistoryFile {
    private let path: String
    private let queue: DatabaseQueue
    private let checkpoints: HistoryCheckpoints
    private var writer: EventWriter
    private var clips: ClipTable
    /// Whether there may be clips that are to go, and when that was looked at.
    private(set) var hasOldClips = true
    private var lookedAtClips: ContinuousClock.Instant?
    /// What file it is.
    private let node: UInt64?

    /// Opens or makes the file at `path`.
    ///
    /// - Parameters:
    ///   - run: the run that goes on when the file is opened again; nil for the first time, when what a crash left open is
    ///     closed with reason `failed`.
    ///   - hole: damage that was found before anybody opened the file.
    init(
        path: String, settings: HistoryStore.Settings, run: EventID?, hole: HistoryPayload?
    ) throws(HistoryError) {
        self.path = path
        Self.makeFile(path)
        var writer = EventWriter()
        (queue, checkpoints, clips) = try explaining(path) {
            var configuration = HistorySchema.configuration(readonly: false, busyTimeout: settings.busyTimeout)
            configuration.journalMode = .wal
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            try HistorySchema.migrator.migrate(queue)
            try queue.writeWithoutTransaction { db in
                // Copying from the log to the database waits for the disk, so another thread does it.
                try db.execute(sql: "PRAGMA wal_autocheckpoint = 0")
                // A log that was longer is cut when it begins anew.
                try db.execute(sql: "PRAGMA journal_size_limit = \(settings.greatestLog / 4)")
                try db.inTransaction(.immediate) {
                    if run == nil { try EventWriter.closeLeftovers(in: db) }
                    if settings.clips.isOn { try ClipTable.mendSizes(in: db) }
                    try writer.reload(run, from: db)
                    if let hole { try writer.writeHoleOfDamage(hole, to: db) }
                    return .commit
                }
                // What is missing of a log may leave pages that do not fit together.
                if hole != nil, try String.fetchOne(db, sql: "PRAGMA quick_check(1)") != "ok" {
                    throw DatabaseError(resultCode: .SQLITE_CORRUPT)
                }
            }
            return (
                queue,
                try HistoryCheckpoints(path: path, configuration: configuration, greatestLog: settings.greatestLog),
                try queue.read { try ClipTable(settings.clips, in: $0) }
            )
        }
        self.writer = writer
        node = Self.node(path)
        // What is in the file itself no fault of the log can take away.
        checkpoints.noteCommit()
        checkpoints.lookAfter()
    }

    /// SQLite gives the files beside it the mode of this one, and new files none that would let a group write.
    private static func makeFile(_ path: String) {
        let handle = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o666)
        if handle >= 0 { Foundation.close(handle) }
    }

    /// Writes a batch in one transaction; one that fails leaves nothing behind.
    mutating func write(_ batch: HistoryBacklog.Batch) throws(HistoryError) {
        var (next, nextClips) = (writer, clips)
        let now = UnixTime(Date())
        try explaining(path) {
            try queue.writeWithoutTransaction { db in
                try db.inTransaction(.immediate) {
                    for event in batch.events { try next.write(event, to: db) }
                    for note in batch.notes { try next.advance(note, in: db) }
                    for clip in batch.clips { try nextClips.insert(clip, now: now, to: db) }
                    return .commit
                }
            }
        }
        (writer, clips) = (next, nextClips)
        if !batch.clips.isEmpty { hasOldClips = true }
        checkpoints.noteCommit()
    }

    /// Deletes a few of the clips that are to go, where there may be some; what fails now is tried again.
    mutating func deleteOldClips() {
        let isTime = lookedAtClips.map { .now - $0 > Self.clipInterval } ?? true
        guard hasOldClips || isTime else { return }
        lookedAtClips = .now
        var next = clips
        let hasMore = try? queue.writeWithoutTransaction { db in
            var hasMore = false
            try db.inTransaction(.immediate) {
                hasMore = try next.deleteSome(now: UnixTime(Date()), in: db)
                return .commit
            }
            return hasMore
        }
        hasOldClips = hasMore ?? false
        guard hasMore != nil else { return }
        clips = next
        checkpoints.noteCommit()
    }

    /// How often it is looked whether clips have become too old.
    private static let clipInterval = Duration.seconds(60)

    /// Has what was written copied from the log and forced to the disk, when it is time.
    func copyToDisk() { checkpoints.lookAfter() }

    /// Whether the file is still the one that was opened: somebody may have removed it, or the disk.
    var isInPlace: Bool { Self.node(path) == node }

    private static func node(_ path: String) -> UInt64? {
        var status = stat()
        return stat(path, &status) == 0 ? UInt64(status.st_ino) : nil
    }

    func close() {
        checkpoints.close()
        try? queue.close()
    }
}
