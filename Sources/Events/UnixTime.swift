package import Foundation
import Skeleton

/// A moment of the wall clock: microseconds since 1970-01-01 00:00 UTC.
package struct UnixTime: Sendable, Hashable, Comparable, CustomStringConvertible {
    package var microseconds: Int64

    package init(microseconds: Int64) { self.microseconds = microseconds }

    /// The nearest moment to `date` that 64 bits can tell.
    package init(_ date: Date) {
        let rounded = (date.timeIntervalSince1970 * 1e6).rounded()
        microseconds = Int64(exactly: rounded) ?? (rounded < 0 ? .min : .max)
    }

    package var date: Date { Date(timeIntervalSince1970: Double(microseconds) / 1e6) }

    package static func < (a: Self, b: Self) -> Bool { a.microseconds < b.microseconds }

    /// The moment a media time after this one, or the nearest to it that 64 bits can tell.
    package func adding(_ duration: Duration) -> UnixTime {
        let (sum, isTooFar) = microseconds.addingReportingOverflow(duration.inMicroseconds)
        return UnixTime(microseconds: isTooFar ? (microseconds < 0 ? .min : .max) : sum)
    }

    /// ISO 8601 in UTC with milliseconds.
    package var description: String {
        date.formatted(
            .iso8601.year().month().day().time(includingFractionalSeconds: true).timeZone(separator: .omitted))
    }
}
