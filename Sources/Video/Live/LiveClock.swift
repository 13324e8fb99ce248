import Foundation

/// Turns a camera's timestamps into media time: time on this machine's monotonic clock since the source was started.
///
/// A picture cannot arrive before it was taken, so the earliest arrivals tell how the camera's clock lies to ours, and
/// the jitter of the network is taken out of the others. A camera's clock that runs slow is followed by a thousandth
/// of the time passed. Times strictly grow, over new connections as well.
package struct LiveClock: Sendable {
    /// Media time of the camera's timestamp 0, in seconds.
    private var offset: Double?
    private var lastStamp = 0.0
    private var lastArrival = Duration.zero
    private var last: Duration?

    /// The most that a camera's clock is followed for each second, in seconds.
    private static let slew = 0.001
    /// Timestamps further behind than this begin anew.
    private static let slip = 0.5
    /// So far behind its arrival no picture is; the camera's clock has leapt.
    private static let latest = 10.0

    package init() {}

    /// The timestamps of a new connection say nothing about those before.
    package mutating func restart() { offset = nil }

    /// The time of the next picture.
    ///
    /// - Parameters:
    ///   - stamp: the camera's timestamp in seconds from any beginning; nil when there is none.
    ///   - arrival: media time at which the picture was there.
    package mutating func time(of stamp: Double?, arrival: Duration) -> Duration {
        var time = arrival
        if let stamp, stamp.isFinite, abs(stamp) < 1e12 {
            time = .microseconds(Int64((place(of: stamp, arrival: arrival) * 1e6).rounded()))
        }
        if let last { time = max(time, last + .microseconds(1)) }
        last = time
        lastArrival = arrival
        return time
    }

    private mutating func place(of stamp: Double, arrival: Duration) -> Double {
        let now = arrival / .seconds(1)
        defer { lastStamp = stamp }
        guard var offset, stamp > lastStamp - Self.slip, now - (offset + stamp) < Self.latest else {
            offset = now - stamp
            return now
        }
        let behind = now - (offset + stamp)
        let passed = max(0, (arrival - lastArrival) / .seconds(1))
        offset += min(behind, Self.slew * passed)
        self.offset = offset
        return offset + stamp
    }
}
