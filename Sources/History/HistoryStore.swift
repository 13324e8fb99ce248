import Dispatch
package import Events
import Foundation
import GRDB
import Skeleton
import Synchronization

/// Keeps events in a SQLite file and answers questions about them.
///
/// One store writes to a file at a time; any number of readers, in this process or others, go on undisturbed.
/// `append` returns at once: events are gathered for up to 100 ms or 500 of them and committed together.
package final class HistoryStore: Sendable {
    package struct Settings: Sendable, Hashable {
        /// How long an event may wait to be committed.
        package var greatestDelay = Duration.milliseconds(100)
        /// Events that are committed without waiting longer.
        package var batch = 500
        /// Events kept while the disk refuses them; beyond, the oldest are given up and counted.
        package var greatestBacklog = 100_000
        /// How long a commit waits for another program that holds the file.
        package var busyTimeout = Duration.seconds(10)

        package init() {}
    }

    package let path: String
    private let settings: Settings
    private let pool: DatabasePool
    private let lock: WriterLock
    private let queue = DispatchQueue(label: "laban.history")
    private let inbox = Mutex(Inbox())
    private let writer = Mutex(EventWriter())

    private struct Inbox {
        var events: [Event] = []
        var isScheduled = false
        var failure: HistoryError?
        var givenUp = 0
    }

    /// Opens or makes the history at `path`; what a crash left open is closed with reason `failed`.
    ///
    /// A file that is no history, or of a newer version, is refused and left as it is.
    package init(path: String, settings: Settings = .init()) throws(HistoryError) {
        self.path = path
        self.settings = settings
        try Self.check(path)
        lock = try WriterLock(path: path)
        pool = try explaining(path) {
            let pool = try DatabasePool(
                path: path,
                configuration: HistorySchema.configuration(readonly: false, busyTimeout: settings.busyTimeout))
            try HistorySchema.migrator.migrate(pool)
            try pool.write { try EventWriter.closeLeftovers(in: $0) }
            return pool
        }
    }

    /// Looks whether a store could be opened at `path`, but for another that is open; changes nothing and makes nothing.
    package static func check(_ path: String) throws(HistoryError) {
        try HistorySchema.check(path, mustExist: false)
        let folder = URL(filePath: path).deletingLastPathComponent().path
        guard FileManager.default.fileExists(atPath: folder) else {
            throw HistoryError(
                .notFound, path: path, message: "expected a folder to keep it in, found none at \(folder)")
        }
        let exists = FileManager.default.fileExists(atPath: path)
        for place in exists ? [path, folder] : [folder] where !FileManager.default.isWritableFile(atPath: place) {
            throw HistoryError(.system, path: path, message: "nothing can be written to \(place)")
        }
    }

    /// Commits what is still waiting.
    deinit {
        let left = inbox.withLock { $0.events }
        if !left.isEmpty { try? commit(left) }
        try? pool.close()
    }

    /// Takes in an event. Throws when the last commit failed; its events are kept and tried again.
    package func append(_ event: Event) throws(HistoryError) {
        let (schedule, failure) = inbox.withLock { inbox -> (DispatchTime?, HistoryError?) in
            inbox.events.append(event)
            defer { inbox.failure = nil }
            if inbox.events.count == settings.batch { return (.now(), inbox.failure) }
            guard !inbox.isScheduled else { return (nil, inbox.failure) }
            inbox.isScheduled = true
            return (.now() + settings.greatestDelay.inSeconds, inbox.failure)
        }
        if let schedule {
            queue.asyncAfter(deadline: schedule) { [weak self] in
                guard let self else { return }
                do throws(HistoryError) { try commitWaiting() } catch { inbox.withLock { $0.failure = error } }
            }
        }
        if let failure { throw failure }
    }

    /// Commits everything that was appended, so that readers see it.
    package func flush() throws(HistoryError) {
        let result = queue.sync { Result { () throws(HistoryError) in try commitWaiting() } }
        try result.get()
    }

    /// How many events were given up because the disk refused them for too long.
    package var eventsGivenUp: Int { inbox.withLock { $0.givenUp } }

    /// Answers questions about what is committed, beside the writing.
    package var reader: HistoryReader { HistoryReader(pool, path: path) }

    /// Runs on the queue only, so batches stay in order.
    private func commitWaiting() throws(HistoryError) {
        let events = inbox.withLock { inbox in
            inbox.isScheduled = false
            let events = inbox.events
            inbox.events = []
            return events
        }
        guard !events.isEmpty else { return }
        do {
            try commit(events)
        } catch {
            inbox.withLock { inbox in
                inbox.events.insert(contentsOf: events, at: 0)
                let excess = inbox.events.count - settings.greatestBacklog
                if excess > 0 {
                    inbox.events.removeFirst(excess)
                    inbox.givenUp += excess
                }
            }
            throw error
        }
    }

    private func commit(_ events: [Event]) throws(HistoryError) {
        try explaining(path) {
            try writer.withLock { writer in
                var next = writer
                try pool.writeWithoutTransaction { db in
                    try db.inTransaction(.immediate) {
                        for event in events { try next.write(event, to: db) }
                        return .commit
                    }
                }
                writer = next
            }
        }
    }
}
