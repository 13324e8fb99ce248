import Glibc

/// A lock to wait on, with limits that no change of the wall clock stretches.
///
/// Every timed wait of Laban is one on this: semaphores of the system and of Dispatch wait by the wall clock.
package final class MonotonicCondition: @unchecked Sendable {
    // Both are made for use by many threads; they are never moved.
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

    /// The longest wait: some years, which no sum of seconds can overflow.
    private static let longest = Duration.seconds(1 << 28)

    package init() {
        pthread_mutex_init(mutex, nil)
        var attributes = pthread_condattr_t()
        pthread_condattr_init(&attributes)
        pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
        pthread_cond_init(condition, &attributes)
        pthread_condattr_destroy(&attributes)
    }

    deinit {
        pthread_cond_destroy(condition)
        pthread_mutex_destroy(mutex)
        condition.deallocate()
        mutex.deallocate()
    }

    /// Runs `body` while no other thread does.
    package func withLock<R, E: Error>(_ body: () throws(E) -> R) throws(E) -> R {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return try body()
    }

    /// Lets every thread that waits look again.
    package func broadcast() { pthread_cond_broadcast(condition) }

    /// Waits, within `withLock`, until `isTrue` holds.
    package func wait(until isTrue: () -> Bool) {
        while !isTrue() { pthread_cond_wait(condition, mutex) }
    }

    /// Waits, within `withLock`, until `isTrue` holds; false when it did not within the time.
    package func wait(within limit: Duration, until isTrue: () -> Bool) -> Bool {
        var end = timespec()
        clock_gettime(CLOCK_MONOTONIC, &end)
        let (seconds, attoseconds) = min(max(limit, .zero), Self.longest).components
        let nanoseconds = end.tv_nsec + Int(attoseconds / 1_000_000_000)
        end.tv_sec += Int(seconds) + nanoseconds / 1_000_000_000
        end.tv_nsec = nanoseconds % 1_000_000_000
        while !isTrue() {
            if pthread_cond_timedwait(condition, mutex, &end) == ETIMEDOUT { return isTrue() }
        }
        return true
    }
}
