/// Turns a container's timestamps into times that start at 0 and strictly grow.
///
/// Frames without a timestamp follow the one before by the frame interval. A small step backwards is a slip of the
/// container and nudged forwards; a big step, either way, is a new beginning (a stream restarted, a counter wrapped)
/// and is joined on as if nothing had been between.
package struct PresentationClock: Sendable {
    /// Seconds a timestamp unit lasts, as numerator and denominator.
    private let timeBase: (numerator: Int64, denominator: Int64)
    /// From one frame to the next where nothing better is known.
    private let interval: Duration
    /// The timestamp at which `epoch` lies.
    private var origin: Int64?
    private var epoch = Duration.zero
    private var last: Duration?

    private static let smallestStep = Duration.microseconds(1)
    private static let slip = Duration.seconds(1)
    private static let leap = Duration.seconds(86_400)

    /// - Parameters:
    ///   - timeBase: seconds a timestamp unit lasts; microseconds are taken where that is no positive number.
    ///   - interval: from one frame to the next where nothing better is known.
    package init(timeBase: (numerator: Int64, denominator: Int64), interval: Duration) {
        let isUsable = timeBase.numerator > 0 && timeBase.denominator > 0
        self.timeBase = isUsable ? timeBase : (1, 1_000_000)
        self.interval = max(interval, Self.smallestStep)
    }

    /// The time of the next frame in showing order; `timestamp` is nil when the container has none.
    package mutating func time(of timestamp: Int64?) -> Duration {
        guard let last else {
            origin = timestamp
            self.last = .zero
            return .zero
        }
        var time = last + interval
        if let timestamp {
            if let origin, let stamped = place(of: timestamp, after: origin), stamped >= last - Self.slip,
                stamped <= last + Self.leap
            {
                time = max(stamped, last + Self.smallestStep)
            } else {
                origin = timestamp
                epoch = time
            }
        }
        self.last = time
        return time
    }

    /// `epoch` plus the time between two timestamps, or nil when it is beyond all reason.
    private func place(of timestamp: Int64, after origin: Int64) -> Duration? {
        let units = (Int128(timestamp) - Int128(origin)) * Int128(timeBase.numerator)
        let (seconds, rest) = units.quotientAndRemainder(dividingBy: Int128(timeBase.denominator))
        guard seconds.magnitude < 1 << 50 else { return nil }
        let attoseconds = rest * 1_000_000_000_000_000_000 / Int128(timeBase.denominator)
        return epoch + Duration(attoseconds: seconds * 1_000_000_000_000_000_000 + attoseconds)
    }
}
