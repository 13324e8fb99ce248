/// Arithmetic on times that come from outside: nothing in here can trap, whatever they are.
extension Duration {
    /// A media time farther from zero than this, a hundred years, is none: whoever states one is told so.
    package static let mediaLimit = Duration.seconds(3_155_760_000)

    /// Whole microseconds, rounded towards zero; the nearest that 64 bits can tell of a longer time.
    package var inMicroseconds: Int64 {
        let (seconds, attoseconds) = components
        let (whole, isTooLong) = seconds.multipliedReportingOverflow(by: 1_000_000)
        let (sum, isJustTooLong) = whole.addingReportingOverflow(attoseconds / 1_000_000_000_000)
        guard !isTooLong, !isJustTooLong else { return seconds < 0 ? .min : .max }
        return sum
    }

    /// Seconds as a floating-point number, for arithmetic on signals.
    package var inSeconds: Double { Double(components.seconds) + Double(components.attoseconds) * 1e-18 }

    /// A number of seconds to the microsecond; the longest time that 64 bits of these can tell for a larger one, and none
    /// for no number at all.
    package init(clampingSeconds seconds: Double) {
        let microseconds = (seconds * 1e6).rounded()
        if let exact = Int64(exactly: microseconds) {
            self = .microseconds(exact)
        } else {
            self = microseconds.isNaN ? .zero : .microseconds(microseconds < 0 ? Int64.min : Int64.max)
        }
    }
}
