import Foundation

/// The two clocks events are stamped with; tests put their own in place.
package struct EventClock: Sendable {
    /// The wall clock.
    package let now: @Sendable () -> UnixTime
    /// Nanoseconds that never go backwards, from any beginning.
    package let monotonicNanoseconds: @Sendable () -> UInt64

    package init(
        now: @escaping @Sendable () -> UnixTime, monotonicNanoseconds: @escaping @Sendable () -> UInt64
    ) {
        self.now = now
        self.monotonicNanoseconds = monotonicNanoseconds
    }

    /// The machine's clocks.
    package static let system = EventClock(
        now: {
            let time = read(CLOCK_REALTIME)
            return UnixTime(microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000)
        },
        monotonicNanoseconds: {
            let time = read(CLOCK_MONOTONIC)
            return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
        })

    private static func read(_ clock: clockid_t) -> timespec {
        var time = timespec()
        clock_gettime(clock, &time)
        return time
    }
}
