import Glibc
import Synchronization
import Waiting

/// Ends whatever the libraries or a wait are blocked in: at a deadline on the monotonic clock, or when asked to stop.
final class LiveInterrupt: Sendable {
    /// The monotonic clock when the source was started, in nanoseconds.
    let origin = LiveInterrupt.monotonicNanoseconds()
    private let stopRequested = Atomic<Bool>(false)
    /// Nanoseconds since `origin`.
    private let deadline = Atomic<Int64>(.max)
    private let wake = MonotonicCondition()

    /// Time since the source was started.
    var now: Duration { .nanoseconds(Int64(Self.monotonicNanoseconds() - origin)) }

    var isStopRequested: Bool { stopRequested.load(ordering: .relaxed) }

    /// Whether a blocking call has to end now.
    var isDue: Bool { isStopRequested || now >= .nanoseconds(deadline.load(ordering: .relaxed)) }

    func stop() {
        wake.withLock {
            stopRequested.store(true, ordering: .relaxed)
            wake.broadcast()
        }
    }

    /// Sets when blocking calls have to end.
    func setDeadline(_ time: Duration) {
        deadline.store(Int64(min(time / .nanoseconds(1), 9e18)), ordering: .relaxed)
    }

    /// Waits for a moment, or until asked to stop.
    func wait(until time: Duration) {
        wake.withLock { _ = wake.wait(within: time - now) { isStopRequested } }
    }

    private static func monotonicNanoseconds() -> UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }
}
