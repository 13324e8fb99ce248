import Foundation
import Synchronization

/// Turns Ctrl-C (SIGINT) and SIGTERM into a flag that loops ask, so that open events are ended and nothing is lost.
/// A second signal ends the process at once.
///
/// Made first thing in a command, so that no signal is missed while files are opened. From then on signals stay with it.
final class StopSignal: Sendable {
    private static let requested = Atomic<Bool>(false)
    /// Posted by the signal handler, which may do little else. It is made once and lives as long as the process.
    nonisolated(unsafe) private static let arrivals: UnsafeMutablePointer<sem_t> = {
        let semaphore = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)
        sem_init(semaphore, 0, 0)
        return semaphore
    }()
    private static let stopped = DispatchSemaphore(value: 0)
    private static let watcher: Void = {
        // The handler must not be the first to ask for it.
        _ = arrivals
        let thread = Thread {
            var signals = 0
            while true {
                guard sem_wait(arrivals) == 0 else { continue }
                signals += 1
                if signals == 2 { _exit(130) }
                requested.store(true, ordering: .relaxed)
                stopped.signal()
            }
        }
        thread.name = "laban.signals"
        thread.start()
        for number in [SIGINT, SIGTERM] {
            var action = sigaction()
            action.__sigaction_handler.sa_handler = { _ in sem_post(StopSignal.arrivals) }
            action.sa_flags = SA_RESTART
            sigaction(number, &action, nil)
        }
    }()

    init() { _ = Self.watcher }

    /// Whether somebody asked to stop.
    var isRequested: Bool { Self.requested.load(ordering: .relaxed) }

    /// Waits until somebody asks to stop, for at most this long; gives whether somebody did.
    func wait(seconds: Double) -> Bool {
        isRequested || Self.stopped.wait(timeout: .now() + seconds) == .success
    }
}
