import Dispatch
package import Events
import Foundation
package import Skeleton
import Synchronization

/// Keeps events in a SQLite file, on a thread of its own, and never stands in the way of whoever tells of them.
///
/// One store writes to a file at a time; any number of readers, in this process or others, go on undisturbed. What the disk
/// or another program refuses waits and is tried again; when too much waits the oldest is given up and counted.
package final class HistoryStore: Sendable {
    package struct Settings: Sendable, Hashable {
        /// Events that wait while nothing can be written; beyond, the oldest are given up and counted.
        package var greatestBacklog = 20_000
        /// How long `keep` waits for the disk.
        package var patience = Duration.milliseconds(100)
        /// How long the start waits for a file that cannot be opened at once.
        package var startLimit = Duration.seconds(1)
        /// How long one try waits for another program that holds the file.
        package var busyTimeout = Duration.seconds(1)

        /// How long skeletons are kept, and how many.
        package var clips = ClipKeeping.none
        /// Bytes of the log that stay on the disk, as soon as no reader needs more.
        package var greatestLog = 64 << 20

        package init() {}
    }

    package let path: String
    private let settings: Settings
    private let thread: HistoryThread
    private let recorder = Mutex(ClipRecorder())
    /// Clips are packed here: neither cameras nor events wait for it.
    private let unpacked = Mutex(0)
    private static let mostUnpacked = 128
    private let packing = DispatchQueue(label: "laban.history.clips", qos: .utility)

    /// Opens or makes the history at `path`; what a crash left open is closed with reason `failed`.
    ///
    /// A file that is no history, or of a newer version, is refused and left as it is. One that cannot be opened just now
    /// is tried again while events wait.
    package init(path: String, settings: Settings = .init()) throws(HistoryError) {
        self.path = path
        self.settings = settings
        // Before SQLite opens it for the first time.
        let damage = DamagedHistory(path: path)
        try Self.check(path, busyTimeout: settings.busyTimeout, isForgiving: true)
        thread = HistoryThread(path: path, settings: settings, lock: try WriterLock(path: path), damage: damage)
        try thread.start(within: settings.startLimit)
    }

    /// Looks whether a store could be opened at `path`, but for another that is open; changes nothing and makes nothing.
    package static func check(_ path: String) throws(HistoryError) {
        try check(path, busyTimeout: .seconds(1), isForgiving: false)
    }

    /// - Parameter isForgiving: whether a file that cannot be read just now will do.
    private static func check(_ path: String, busyTimeout: Duration, isForgiving: Bool) throws(HistoryError) {
        // Looking at a damaged log through SQLite could end it.
        if DamagedHistory(path: path) == nil {
            do throws(HistoryError) {
                try HistorySchema.check(path, mustExist: false, busyTimeout: busyTimeout)
            } catch  where error.code == .system && isForgiving {}
        }
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

    /// Writes what is still waiting, if the disk takes it.
    deinit {
        pack(recorder.withLock { $0.finish() })
        packing.sync {}
        thread.stop()
    }

    /// Takes in events; they are written as soon as those before them are.
    package func append(_ events: [Event]) { thread.append(events) }

    /// Takes in an event.
    package func append(_ event: Event) { append([event]) }

    /// Takes in events and waits until they are written, but not for long; gives whether they are.
    ///
    /// Once a wait was in vain nobody waits again until everything is written.
    package func keep(_ events: [Event]) -> Bool { thread.keep(events) }

    /// Notes that people were in a picture.
    package func note(_ note: PresenceNote) { thread.note(note) }

    /// Takes in who is in a camera's picture, for clips; they are written when they are over, after some seconds.
    ///
    /// - Parameter time: when the picture was taken.
    package func record(_ frame: SkeletonFrame, run: EventID, at time: UnixTime) {
        guard settings.clips.isOn else { return }
        pack(recorder.withLock { $0.take(frame, run: run, at: time) })
    }

    private func pack(_ cuts: [ClipRecorder.Cut]) {
        for cut in cuts {
            // Where the machine is too slow for that, they are given up before they fill the memory.
            let hasRoom = unpacked.withLock { count in
                guard count < Self.mostUnpacked else { return false }
                count += 1
                return true
            }
            guard hasRoom else {
                thread.append(nil)
                continue
            }
            packing.async { [self] in
                thread.append(PackedClip(cut))
                unpacked.withLock { $0 -= 1 }
            }
        }
    }

    /// Ends all clips, and waits until everything is written, so that readers see it.
    ///
    /// - Throws: what refused it, when it still does after this time.
    package func flush(within limit: Duration = .seconds(10)) throws(HistoryError) {
        pack(recorder.withLock { $0.finish() })
        packing.sync {}
        try thread.flush(within: limit)
    }

    /// What there is to tell since the last time.
    package func takeNotices() -> [HistoryNotice] { thread.takeNotices() }

    /// How many events were given up because nothing could be written for too long.
    package var eventsGivenUp: Int { thread.eventsGivenUp }

    /// How many clips were given up because nothing could be written for too long.
    package var clipsGivenUp: Int { thread.clipsGivenUp }

    /// Answers questions about what is written, beside the writing.
    package var reader: HistoryReader { get throws(HistoryError) { try HistoryReader(path: path) } }
}
