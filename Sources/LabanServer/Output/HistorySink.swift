package import Events
import Glibc
package import History
import Pipeline
package import Skeleton
import Synchronization

/// Keeps every event in a history before it is told.
package final class HistorySink: EventKeeper {
    private let store: HistoryStore
    private let kinds: Set<EventKind>?
    private let forgivesHoles: Bool
    private let say: @Sendable (String) -> Void
    private let hasSaidOfClips = Mutex(false)

    /// Opens or makes the history at `path`.
    ///
    /// - Parameters:
    ///   - kinds: what to keep; nil for everything.
    ///   - clips: how long skeletons are kept, and how many.
    ///   - forgivesHoles: whether all is well at the end although events are missing.
    ///   - say: told when nothing can be written, and when it can again.
    /// - Throws: `HistoryError` for a file that is no history, `OutputError` for a place that can hold none.
    package init(
        path: String, kinds: Set<EventKind>? = nil, clips: ClipKeeping = .none, forgivesHoles: Bool,
        say: @escaping @Sendable (String) -> Void
    ) throws {
        try Self.refuseDevices(path)
        var settings = HistoryStore.Settings()
        settings.clips = clips
        store = try HistoryStore(path: path, settings: settings)
        self.kinds = kinds
        self.forgivesHoles = forgivesHoles
        self.say = say
    }

    /// Looks whether a history can be kept at `path`, and changes nothing.
    package static func check(_ path: String) throws {
        try refuseDevices(path)
        try HistoryStore.check(path)
    }

    private static func refuseDevices(_ path: String) throws(OutputError) {
        var status = stat()
        guard stat(path, &status) == 0 else { return }
        let what =
            switch status.st_mode & S_IFMT {
            case S_IFCHR, S_IFBLK: "a device"
            case S_IFIFO: "a pipe"
            case S_IFSOCK: "a socket"
            default: nil as String?
            }
        if let what {
            throw OutputError(file: path, message: "cannot be written: a history needs a file, and this is \(what)")
        }
    }

    package func keep(_ events: [Event]) -> Bool {
        guard let kinds else { return store.keep(events) }
        let wanted = events.filter { kinds.contains($0.kind) || $0.kind == .history }
        return wanted.isEmpty || store.keep(wanted)
    }

    package func note(_ tracks: [TrackID], camera: String, at time: UnixTime, presentationTime: Duration) {
        guard kinds == nil else { return }
        store.note(PresenceNote(camera: camera, tracks: tracks, time: time, presentationTime: presentationTime))
    }

    package func record(_ frame: SkeletonFrame, run: EventID, at time: UnixTime) {
        store.record(frame, run: run, at: time)
    }

    package func takeNotices() -> [EventDraft] {
        if store.clipsGivenUp > 0,
            hasSaidOfClips.withLock({ said in
                defer { said = true }; return !said
            })
        {
            say("history \(store.path): clips of skeletons are missing, which could not be written in time")
        }
        return store.takeNotices().map { notice in
            say("history \(store.path): \(notice.payload.sentence)")
            return EventDraft(
                camera: "", phase: notice.phase, life: notice.payload.state == .damaged ? nil : 1,
                reason: notice.phase == .end ? .completed : nil, payload: .history(notice.payload))
        }
    }

    package func finish() throws {
        try store.flush(within: .seconds(5))
        let lost = store.eventsGivenUp
        guard lost > 0 else { return }
        let sentence = "\(lost) events of this run are missing, which could not be written in time"
        guard forgivesHoles else { throw HistoryError(.system, path: store.path, message: sentence) }
        say("history \(store.path): \(sentence)")
    }
}
