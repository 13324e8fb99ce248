import Dispatch
import Foundation
import GRDB
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
    /// A log of more frames than this (64 MB) is begun anew even though writers have to wait for it.
    private static let mostFrames = 16_000

    private let database: DatabaseQueue
    private let queue = DispatchQueue(label: "laban.history.checkpoints")
    private let state = Mutex(State())

    init(path: String, configuration: Configuration) throws {
        database = try DatabaseQueue(path: path, configuration: configuration)
    }

    /// A transaction is in the log.
    func noteCommit() {
        state.withLock { $0.commits += 1 }
    }

    /// Copies when it is time.
    func lookAfter() {
        let frames = state.withLock { state -> Int? in
            guard !state.isAtWork, state.commits > 0,
                state.commits >= Self.mostCommits || .now - state.last >= Self.interval
            else { return nil }
            state = State(isAtWork: true, last: .now, frames: state.frames)
            return state.frames
        }
        guard let frames else { return }
        queue.async { [self] in
            // What fails now is tried again; the log keeps everything until then.
            let found = try? database.writeWithoutTransaction {
                try $0.checkpoint(frames > Self.mostFrames ? .restart : .passive)
            }
            state.withLock { state in
                state.isAtWork = false
                state.frames = found?.walFrameCount ?? 0
            }
        }
    }

    func close() {
        queue.sync {}
        try? database.close()
    }
}
