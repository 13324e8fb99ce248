import Skeleton

/// How long a history keeps skeletons, and how many.
package struct ClipKeeping: Sendable, Hashable {
    /// Days since they were written.
    package var days: Double
    /// Millions of bytes in all.
    package var megabytes: Double

    package static let usual = ClipKeeping(days: 7, megabytes: 1000)
    /// Writes none, and leaves those that are there.
    package static let none = ClipKeeping(days: 0, megabytes: 0)
    /// Bounds of either.
    package static let allowed: ClosedRange<Double> = 0...1_000_000

    package init(days: Double, megabytes: Double) {
        self.days = days
        self.megabytes = megabytes
    }

    /// What clips are deleted for, as the file names it.
    package enum Limit: String, Sendable, Hashable, CaseIterable {
        case days, megabytes
    }

    /// Whether any are kept.
    package var isOn: Bool { days > 0 && megabytes > 0 }

    var age: Duration { .init(clampingSeconds: days * 86_400) }
    var bytes: Int64 { Int64(min(megabytes, Self.allowed.upperBound) * 1e6) }
}
