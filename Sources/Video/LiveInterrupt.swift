import Dispatch
import Glibc
import Synchronization

/// Ends whatever the libraries or a wait are blocked in: at a deadline on the monotonic clock, or when asked to stop.
final class LiveInterrupt: Sendable {
    /// The monotonic clock when the source was started, in nanoseconds.
    let origin = LiveInterrupt.monotonicNanoseconds()
    private let stopRequested = Atomic<Bool>(false)
    /// Nanoseconds since `origin`.
    private let deadline = Atomic<Int64>(.max)
    private let wake = DispatchSemaphore(value: 0)

    /// Time since the source was started.
    var now: Duration { .nanoseconds(Int64(Self.monotonicNanoseconds() - origin)) }

    var isStopRequested: Bool { stopRequested.load(ordering: .relaxed) }

    /// Whether a blocking call has to end now.
    var isDue: Bool { isStopRequested || now >= .nanoseconds(deadline.load(ordering: .relaxed)) }

    func stop() {
        stopRequested.store(true, ordering: .relaxed)
        wake.signal()
    }

    /// Sets when blocking calls have to end.
    func setDeadline(_ time: Duration) {
        deadline.store(Int64(min(time / .nanoseconds(1), 9e18)), ordering: .relaxed)
    }

    /// Waits for a moment, or until asked to stop.
    func wait(until time: Duration) {
        let left = time - now
        guard left > .zero, !isStopRequested else { return }
        _ = wake.wait(timeout: .now() + .nanoseconds(Int(min(left / .nanoseconds(1), 1e18))))
    }

    private static func monotonicNanoseconds() -> UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }
}
