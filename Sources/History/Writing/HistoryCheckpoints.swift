import Dispatch
import Foundation
import GRDB
import Skeleton
import Synchronization

/// Copies the write-ahead log into the database and forces both to the disk, on a thread and a connection of its own: while
/// the disk is waited for, events go on being committed to the log.
final class HistoryCheckpoints: Sendable {
    private struct State {
        var isAtWork = false
        var commits = 0
        /// The first one comes at once.
        var last = ContinuousClock.now - HistoryCheckpoints.interval
        var frames = 0
    }

    /// So long after a commit it is on the disk at the latest, if the disk takes it.
    fileprivate static let interval = Duration.seconds(5)
    /// After so many commits it is not waited for that.
    private static let mostCommits = 500
    /// How soon after one try the next comes where the disk has hardly room.
    private static let pause = Duration.milliseconds(200)
    /// How long writers may have to wait for readers when a log that has become too long is given back.
    private static let patience = Duration.milliseconds(50)
    /// Bytes of a page and of a frame of the log, which has a small header besides.
    private static let frameSize = 4096 + 24

    private let database: DatabaseQueue
    private let path: String
    private let mostFrames: Int
    private let queue = DispatchQueue(label: "laban.history.checkpoints")
    private let state = Mutex(State())

    /// - Parameter greatestLog: a log of more bytes than this is cut to nothing, even though writers have to wait for it.
    init(path: String, configuration: Configuration, greatestLog: Int) throws {
        self.path = path
        mostFrames = greatestLog / Self.frameSize
        var configuration = configuration
        configuration.busyMode = .timeout(Self.patience.inSeconds)
        database = try DatabaseQueue(path: path, configuration: configuration)
    }

    /// A transaction is in the log.
    func noteCommit() {
        state.withLock { $0.commits += 1 }
    }

    /// Copies when it is time.
    func lookAfter() {
        let isGivenBack = state.withLock { state -> Bool? in
            guard !state.isAtWork, state.commits > 0 else { return nil }
            let isScarce = .now - state.last >= Self.pause && isRoomScarce
            guard isScarce || state.commits >= Self.mostCommits || .now - state.last >= Self.interval else {
                return nil
            }
            state = State(isAtWork: true, last: .now, frames: state.frames)
            return isScarce || state.frames > mostFrames
        }
        guard let isGivenBack else { return }
        queue.async { [self] in
            // What fails now is tried again; the log keeps everything until then.
            let found = try? database.writeWithoutTransaction {
                try $0.checkpoint(isGivenBack ? .truncate : .passive)
            }
            state.withLock { state in
                state.isAtWork = false
                guard let found else { return state.commits += 1 }
                state.frames = max(found.walFrameCount, 0)
                // A reader of what was before keeps the rest from being copied.
                if found.checkpointedFrameCount < found.walFrameCount { state.commits += 1 }
            }
        }
    }

    /// Whether a log that goes on growing would take the room that it needs to be copied: the disk would stay full of it.
    private var isRoomScarce: Bool {
        var log = stat()
        var disk = statvfs()
        guard stat(path + "-wal", &log) == 0, statvfs(path, &disk) == 0 else { return false }
        return Int(disk.f_bavail) * Int(disk.f_frsize) < 2 * Int(log.st_size)
    }

    func close() {
        queue.sync {}
        try? database.close()
    }
}
