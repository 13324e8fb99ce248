import Events
import Foundation
import Skeleton
import Waiting

/// The thread that writes a history, and what others hand to it.
final class HistoryThread: @unchecked Sendable {
    private let path: String
    private let settings: HistoryStore.Settings
    private let lock: WriterLock
    private let condition = MonotonicCondition()

    // `condition` protects these.
    private var backlog: HistoryBacklog
    private var isOpen = false
    private var isLate = false
    private var isStopping = false
    private var hasEnded = false
    private var isUrgent = false
    private var failure: HistoryError?

    // For the thread alone.
    private var file: HistoryFile?
    private var damage: DamagedHistory?
    private var run: EventID?

    /// Events of one transaction.
    private static let batch = 500
    /// The first try again comes at once, later ones after this.
    private static let pauses = [Duration.milliseconds(20), .milliseconds(500), .seconds(1)]
    /// How often it is told again that nothing can be written.
    private static let reminder = Duration.seconds(60)

    init(path: String, settings: HistoryStore.Settings, lock: WriterLock, damage: DamagedHistory?) {
        self.path = path
        self.settings = settings
        self.lock = lock
        self.damage = damage
        backlog = HistoryBacklog(capacity: settings.greatestBacklog)
    }

    /// Starts the thread and waits until the file is open, but not for long.
    ///
    /// - Throws: what will be wrong with the file at every try.
    func start(within limit: Duration) throws(HistoryError) {
        let thread = Thread { [self] in work() }
        thread.name = "laban.history"
        thread.start()
        let failure: HistoryError? = condition.withLock {
            _ = condition.wait(within: limit) { isOpen || self.failure != nil }
            return self.failure
        }
        if let failure, failure.code != .system {
            stop()
            throw failure
        }
    }

    /// Writes what is waiting if it can, and ends the thread.
    func stop() {
        condition.withLock {
            isStopping = true
            condition.broadcast()
            _ = condition.wait(within: .seconds(5)) { hasEnded }
        }
    }

    func append(_ events: [Event]) {
        condition.withLock {
            backlog.append(events)
            condition.broadcast()
        }
    }

    func keep(_ events: [Event]) -> Bool {
        condition.withLock {
            backlog.append(events)
            condition.broadcast()
            guard !isLate, !backlog.isRefused else { return false }
            let mine = backlog.appended
            let isWritten = condition.wait(within: settings.patience) { backlog.settled >= mine || backlog.isRefused }
            isLate = !isWritten
            return isWritten && !backlog.isRefused
        }
    }

    /// - Parameter clip: nil where one came to nothing.
    func append(_ clip: PackedClip?) {
        condition.withLock {
            if let clip { backlog.append(clip) } else { backlog.giveUpClip() }
            condition.broadcast()
        }
    }

    func note(_ note: PresenceNote) {
        condition.withLock {
            backlog.note(note)
            condition.broadcast()
        }
    }

    func flush(within limit: Duration) throws(HistoryError) {
        let failure: HistoryError? = condition.withLock {
            isUrgent = true
            condition.broadcast()
            defer { isUrgent = false }
            guard !condition.wait(within: limit, until: { isOpen && !backlog.hasWork }) else { return nil }
            return self.failure ?? HistoryError(.system, path: path, message: "it could not be written to in time")
        }
        if let failure { throw failure }
    }

    func takeNotices() -> [HistoryNotice] { condition.withLock { backlog.takeNotices() } }

    var eventsGivenUp: Int { condition.withLock { backlog.dropped } }

    var clipsGivenUp: Int { condition.withLock { backlog.clipsDropped } }

    private func work() {
        var tries = 0
        var reminded = ContinuousClock.now
        while waitForWork(after: tries) {
            if file?.isInPlace == false { closeFile() }
            file?.copyToDisk()
            file?.deleteOldClips()
            let batch = condition.withLock { isOpen && !backlog.hasWork ? nil : backlog.takeBatch(atMost: Self.batch) }
            guard let batch else { continue }
            do throws(HistoryError) {
                try openIfNeeded()
                run = batch.events.last?.run ?? run
                try file?.write(batch)
                tries = 0
                condition.withLock {
                    backlog.settle(batch)
                    if backlog.waiting == 0 { isLate = false }
                    isOpen = true
                    failure = nil
                    condition.broadcast()
                }
            } catch {
                // A connection that failed may go on failing, and letting go of it makes room on a full disk. What is
                // only held by another program is not let go.
                if !error.isBusy { closeFile() }
                tries += 1
                let isTime = ContinuousClock.now - reminded >= Self.reminder
                if isTime { reminded = .now }
                condition.withLock {
                    backlog.fail(error.message)
                    if isTime { backlog.remind() }
                    failure = error
                    condition.broadcast()
                }
            }
        }
        closeFile()
        lock.release()
        condition.withLock {
            hasEnded = true
            condition.broadcast()
        }
    }

    /// Waits for something to write, for a second at most; false when the thread is to end.
    private func waitForWork(after tries: Int) -> Bool {
        condition.withLock {
            if tries > 0 {
                // Whoever waits for the last events does not wait for the pause.
                let pause = Self.pauses[min(tries, Self.pauses.count) - 1]
                _ = condition.wait(within: isUrgent ? min(pause, .milliseconds(100)) : pause) { isStopping }
                return !isStopping
            }
            // Clips that are to go are work too.
            let hasOldClips = file?.hasOldClips ?? false
            _ = condition.wait(within: .seconds(1)) { !isOpen || backlog.hasWork || isStopping || hasOldClips }
            return !isStopping || backlog.hasWork || hasOldClips
        }
    }

    private func openIfNeeded() throws(HistoryError) {
        guard file == nil else { return }
        var hole: HistoryPayload?
        if let damage {
            let kept = try damage.keepAside()
            hole = HistoryPayload(
                state: .damaged, message: "\(damage.message); the files as they were found are kept as \(kept)",
                until: damage.lastWritten)
        }
        do throws(HistoryError) {
            file = try HistoryFile(path: path, settings: settings, run: run, hole: hole)
        } catch  where damage != nil && error.code == .notAHistory {
            // What is left makes no database any more; all of it is kept.
            damage?.remove()
            hole?.message += "; nothing could be read, so the history begins anew"
            file = try HistoryFile(path: path, settings: settings, run: run, hole: hole)
        }
        damage = nil
        if let hole { condition.withLock { backlog.tell(HistoryNotice(phase: .end, payload: hole)) } }
    }

    private func closeFile() {
        file?.close()
        file = nil
    }
}
