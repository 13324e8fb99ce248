package import Events
package import Foundation

/// Understands times as people type them.
package enum TimePhrase {
    /// A stretch of time, or a moment when both ends are the same.
    package struct Interval: Sendable, Hashable {
        package let start: UnixTime
        /// The first moment after it.
        package let end: UnixTime
        /// What the asker should know, such as that the clock showed that time twice.
        package var note: String?
    }

    /// What is understood, for errors and help.
    package static let understood =
        "now, today, yesterday, yesterday 10:00, monday 9:00, last monday, noon, an hour ago, 2 hours ago, last hour, "
        + "last 2 hours, last 7 days, this week, this month, 2026-11-21, 2026-11-21T10:00, 2026-11-21T10:00:00+01:00, 10:30"

    /// The interval a phrase means.
    ///
    /// `--since` takes its start and `--until` its end, so that both may name the same day. Times without an offset are those
    /// of the calendar's zone.
    ///
    /// - Parameters:
    ///   - now: the moment of asking.
    ///   - calendar: time zone, and the day a week begins on.
    package static func parse(
        _ phrase: String, now: UnixTime, calendar: Calendar = .history
    ) throws(HistoryError) -> Interval {
        let words = phrase.lowercased().split(whereSeparator: \.isWhitespace).map(String.init)
        do throws(TimeFault) {
            guard phrase.utf8.count <= 60 else { throw TimeFault() }
            if let interval = stretch(words, now: now, calendar: calendar) { return interval }
            return try ClockPhrase(words, now: now.date, calendar: calendar).interval()
        } catch {
            let reason = error.reason.map { $0 + "; " } ?? ""
            throw HistoryError(.badTime, message: reason + "expected a time (\(understood)), found '\(phrase)'")
        }
    }

    /// Phrases that count from now: `last 2 hours`, `this week`, `an hour ago`.
    private static func stretch(_ words: [String], now: UnixTime, calendar: Calendar) -> Interval? {
        func since(_ amount: Int, _ unit: Calendar.Component) -> Interval? {
            calendar.date(byAdding: unit, value: -amount, to: now.date).map { Interval(start: UnixTime($0), end: now) }
        }
        switch words.count {
        case 1 where words[0] == "now": return Interval(start: now, end: now)
        case 2 where words[0] == "this":
            return unit(words[1]).flatMap { calendar.dateInterval(of: $0, for: now.date) }.map(Interval.init)
        case 2 where words[0] == "last": return unit(words[1]).flatMap { since(1, $0) }
        case 3 where words[0] == "last":
            guard let amount = amount(words[1]), let unit = unit(words[2]) else { return nil }
            return since(amount, unit)
        case 3 where words[2] == "ago":
            guard let amount = amount(words[0]), let unit = unit(words[1]) else { return nil }
            return since(amount, unit).map { Interval(start: $0.start, end: $0.start) }
        default: return nil
        }
    }

    private static func amount(_ word: String) -> Int? {
        if ["a", "an", "one"].contains(word) { return 1 }
        return Int(word).flatMap { (0...1_000_000).contains($0) ? $0 : nil }
    }

    private static func unit(_ word: String) -> Calendar.Component? {
        switch word {
        case "second", "seconds": .second
        case "minute", "minutes", "min": .minute
        case "hour", "hours", "h": .hour
        case "day", "days": .day
        case "week", "weeks": .weekOfYear
        case "month", "months": .month
        case "year", "years": .year
        default: nil
        }
    }
}

/// Why a time was not understood; without a reason where it looks like none.
struct TimeFault: Error {
    var reason: String?
}

extension TimePhrase.Interval {
    init(_ interval: DateInterval) {
        self.init(start: UnixTime(interval.start), end: UnixTime(interval.end))
    }
}

extension Calendar {
    /// The calendar histories are read by: Gregorian, weeks from Monday, the machine's time zone.
    package static var history: Calendar { history(in: .current) }

    /// The same in another time zone.
    package static func history(in timeZone: TimeZone) -> Calendar {
        var calendar = Calendar(identifier: .gregorian)
        calendar.firstWeekday = 2
        calendar.minimumDaysInFirstWeek = 4
        calendar.timeZone = timeZone
        return calendar
    }
}
