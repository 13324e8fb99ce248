/// What a file counts time in.
enum TimeUnit: CaseIterable, Sendable {
    case seconds
    case milliseconds
    case microseconds
    case nanoseconds

    /// Microseconds in one.
    var microseconds: Double {
        switch self {
        case .seconds: 1e6
        case .milliseconds: 1e3
        case .microseconds: 1
        case .nanoseconds: 1e-3
        }
    }

    /// What a field of this name holds: `timestamp_ms`, `time`, `ts`, `timestampUs`, `Time (s)` …
    enum Field: Equatable {
        /// A time in this unit.
        case stated(TimeUnit)
        /// A time whose unit only the values tell.
        case unstated

        /// Nil for a name that is not of a time.
        init?(name: String) {
            var unit: TimeUnit?
            var isTime = false
            let words = JointName.words(of: name)
            guard !words.isEmpty else { return nil }
            for word in words {
                if Self.times.contains(word) {
                    isTime = true
                } else if unit == nil, let known = Self.units[word] {
                    unit = known
                } else if !Self.fillers.contains(word) {
                    return nil
                }
            }
            // A unit's whole name alone is a time as well; its letter is not.
            guard isTime || words.count == 1 && unit != nil && words[0].count > 1 else { return nil }
            self = unit.map { .stated($0) } ?? .unstated
        }

        private static let times: Set = [
            "timestamp", "timestamps", "time", "t", "ts", "pts", "stamp", "datetime", "elapsed", "timecode",
        ]
        private static let fillers: Set = [
            "video", "media", "capture", "captured", "presentation", "epoch", "unix", "utc", "in", "of", "the", "since",
            "start", "mediapipe", "relative", "absolute", "total", "elapsed", "device", "system",
        ]
        private static let units: [String: TimeUnit] = {
            var units: [String: TimeUnit] = [:]
            for (unit, words) in [
                (TimeUnit.seconds, "s sec secs second seconds"),
                (.milliseconds, "ms msec msecs millis milli millisecond milliseconds"),
                (.microseconds, "us µs μs usec usecs micros micro microsecond microseconds"),
                (.nanoseconds, "ns nsec nsecs nanos nano nanosecond nanoseconds"),
            ] {
                for word in words.split(separator: " ") { units[String(word)] = unit }
            }
            return units
        }()
    }
}

/// A time as a file has it, with the name of its field.
struct StatedTime {
    var value: Double
    /// Nil where the name does not tell.
    var unit: TimeUnit?
    var field: String

    /// No clock counts farther, in any unit.
    static let greatest = 0x1p62

    /// Nil for numbers that are no time.
    init?(value: Double, unit: TimeUnit?, field: String) {
        guard abs(value) < Self.greatest else { return nil }
        self.value = value
        self.unit = unit
        self.field = field
    }

    /// Reads a number, `00:01:02.5`, or a date such as `2026-05-01T10:30:05.123Z`; nil for anything else.
    init?(text: String, unit: TimeUnit?, field: String) {
        if let number = Double(text) {
            self.init(value: number, unit: unit, field: field)
        } else if let seconds = ClockText.seconds(text) {
            self.init(value: seconds, unit: .seconds, field: field)
        } else {
            return nil
        }
    }
}
