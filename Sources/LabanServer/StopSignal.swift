import Foundation
import Synchronization
import Waiting

/// Turns Ctrl-C (SIGINT), SIGTERM and SIGHUP into a flag that loops ask, so that open events are ended and nothing is
/// lost. A second Ctrl-C or SIGTERM ends the process at once; a hang-up never does, since it often comes with another.
///
/// Made first thing in a command, so that no signal is missed while files are opened. From then on signals stay with it.
package final class StopSignal: Sendable {
    /// Set once, by the watcher, with `arrival` locked.
    private static let requested = Atomic<Bool>(false)
    /// How many signals came that end the process when they come again.
    private static let urgent = Atomic<Int>(0)
    private static let arrival = MonotonicCondition()
    /// Posted by the signal handler, which may do little else. It is made once and lives as long as the process.
    nonisolated(unsafe) private static let arrivals: UnsafeMutablePointer<sem_t> = {
        let semaphore = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)
        sem_init(semaphore, 0, 0)
        return semaphore
    }()
    private static let watcher: Void = {
        // The handler must not be the first to ask for them.
        _ = arrivals
        _ = urgent.load(ordering: .relaxed)
        let thread = Thread {
            while true {
                guard sem_wait(arrivals) == 0 else { continue }
                if urgent.load(ordering: .relaxed) > 1 { _exit(130) }
                arrival.withLock {
                    requested.store(true, ordering: .relaxed)
                    arrival.broadcast()
                }
            }
        }
        thread.name = "laban.signals"
        thread.start()
        for number in [SIGINT, SIGTERM, SIGHUP] {
            var action = sigaction()
            // Under nohup the terminal may go.
            sigaction(number, nil, &action)
            if number == SIGHUP, ignores(action) { continue }
            action.__sigaction_handler.sa_handler = { number in
                if number != SIGHUP { StopSignal.urgent.add(1, ordering: .relaxed) }
                sem_post(StopSignal.arrivals)
            }
            action.sa_flags = SA_RESTART
            sigaction(number, &action, nil)
        }
    }()

    package init() { _ = Self.watcher }

    /// Whether somebody asked to stop.
    package var isRequested: Bool { Self.isRequested }

    /// Whether somebody asked to stop, in a command that heeds it.
    package static var isRequested: Bool { requested.load(ordering: .relaxed) }

    /// Waits until somebody asks to stop, for at most this long; gives whether somebody did.
    package func wait(_ limit: Duration) -> Bool {
        Self.arrival.withLock { Self.arrival.wait(within: limit) { isRequested } }
    }

    private static func ignores(_ action: sigaction) -> Bool {
        unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
    }
}
