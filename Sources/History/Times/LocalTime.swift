import Foundation

/// A reading of a clock on the wall, such as 2026-10-25 02:30:00, which twice a year stands for two moments or for none.
struct LocalTime: Equatable {
    var year: Int
    var month: Int
    var day: Int
    var hour = 0
    var minute = 0
    var second = 0

    /// `2026-10-25 02:30:00`.
    var text: String { dayText + " " + timeText }

    /// `2026-10-25`.
    var dayText: String { Self.padded(year, 4) + "-" + Self.padded(month, 2) + "-" + Self.padded(day, 2) }

    /// `02:30:00`.
    var timeText: String { [hour, minute, second].map { Self.padded($0, 2) }.joined(separator: ":") }

    /// The moments at which a clock in that zone shows it, earliest first; none for a time that is skipped and a day that
    /// never was.
    func moments(in zone: TimeZone) -> [Date] {
        guard let asUTC = Self.utc.date(from: components), LocalTime(asUTC, in: Self.utc.timeZone) == self else {
            return []
        }
        return Self.offsets(around: asUTC, in: zone).map { asUTC - Double($0) }
            .filter { LocalTime($0, in: zone) == self }.sorted()
    }

    /// What a clock in that zone shows.
    init(_ date: Date, in zone: TimeZone) {
        var calendar = Self.utc
        calendar.timeZone = zone
        let parts = calendar.dateComponents([.year, .month, .day, .hour, .minute, .second], from: date)
        self.init(
            year: parts.year ?? 0, month: parts.month ?? 0, day: parts.day ?? 0, hour: parts.hour ?? 0,
            minute: parts.minute ?? 0, second: parts.second ?? 0)
    }

    init(year: Int, month: Int, day: Int, hour: Int = 0, minute: Int = 0, second: Int = 0) {
        self.year = year
        self.month = month
        self.day = day
        self.hour = hour
        self.minute = minute
        self.second = second
    }

    /// The clock's reading at a moment, with the offset where it shows the same twice: `2026-10-25 02:30:00+02:00`.
    static func text(of date: Date, in zone: TimeZone) -> String {
        let text = LocalTime(date, in: zone).text
        let offset = zone.secondsFromGMT(for: date)
        let isRepeated = offsets(around: date, in: zone).contains { other in
            other != offset && zone.secondsFromGMT(for: date + Double(offset - other)) == other
        }
        return isRepeated ? text + offsetText(offset) : text
    }

    /// `+02:00` for 7,200 seconds.
    static func offsetText(_ seconds: Int) -> String {
        let minutes = abs(seconds) / 60
        return (seconds < 0 ? "-" : "+") + padded(minutes / 60, 2) + ":" + padded(minutes % 60, 2)
    }

    private var components: DateComponents {
        DateComponents(year: year, month: month, day: day, hour: hour, minute: minute, second: second)
    }

    /// The offsets from UTC in force on the days about a moment, in seconds.
    private static func offsets(around date: Date, in zone: TimeZone) -> Set<Int> {
        Set([-26.0, 0, 26].map { zone.secondsFromGMT(for: date + $0 * 3600) })
    }

    private static let utc = Calendar.history(in: TimeZone(secondsFromGMT: 0)!)

    private static func padded(_ number: Int, _ width: Int) -> String {
        let digits = String(abs(number))
        return (number < 0 ? "-" : "") + String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
