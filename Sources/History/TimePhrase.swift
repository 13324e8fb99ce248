package import Events
package import Foundation

/// Understands times as people type them.
package enum TimePhrase {
    /// A stretch of time, or a moment when both ends are the same.
    package struct Interval: Sendable, Hashable {
        package let start: UnixTime
        /// The first moment after it.
        package let end: UnixTime
    }

    /// What is understood, for errors and help.
    package static let understood =
        "now, today, yesterday, this week, this month, last hour, last 2 hours, last 30 minutes, last 7 days, "
        + "2 hours ago, 2026-11-21, 2026-11-21T10:00, 2026-11-21T10:00:00Z, 10:30"

    /// The interval a phrase means.
    ///
    /// `--since` takes its start and `--until` its end, so that both may name the same day.
    ///
    /// - Parameters:
    ///   - now: the moment of asking.
    ///   - calendar: time zone, and the day a week begins on.
    package static func parse(
        _ phrase: String, now: UnixTime, calendar: Calendar = .history
    ) throws(HistoryError) -> Interval {
        let words = phrase.lowercased().split(whereSeparator: \.isWhitespace).map(String.init)
        let date = now.date
        func day(_ date: Date) -> Interval? { calendar.dateInterval(of: .day, for: date).map(Interval.init) }
        func since(_ amount: Int, _ unit: Calendar.Component) -> Interval? {
            calendar.date(byAdding: unit, value: -amount, to: date).map { Interval(start: UnixTime($0), end: now) }
        }

        var found: Interval?
        switch words.count {
        case 1:
            switch words[0] {
            case "now": found = Interval(start: now, end: now)
            case "today": found = day(date)
            case "yesterday": found = calendar.date(byAdding: .day, value: -1, to: date).flatMap(day)
            default: found = self.moment(phrase.trimmingCharacters(in: .whitespaces), now: date, calendar: calendar)
            }
        case 2 where words[0] == "this":
            if let unit = unit(words[1]) {
                found = calendar.dateInterval(of: unit == .day ? .day : unit, for: date).map(Interval.init)
            }
        case 2 where words[0] == "last":
            if let unit = unit(words[1]) { found = since(1, unit) }
        case 2:
            // A date and a time of day with a space between.
            found = moment(words.joined(separator: "T").uppercased(), now: date, calendar: calendar)
        case 3 where words[0] == "last":
            if let amount = amount(words[1]), let unit = unit(words[2]) { found = since(amount, unit) }
        case 3 where words[2] == "ago":
            if let amount = amount(words[0]), let unit = unit(words[1]), let interval = since(amount, unit) {
                found = Interval(start: interval.start, end: interval.start)
            }
        default: break
        }
        guard let found else {
            throw HistoryError(.badTime, message: "expected a time (\(understood)), found '\(phrase)'")
        }
        return found
    }

    private static func amount(_ word: String) -> Int? {
        Int(word).flatMap { (0...1_000_000).contains($0) ? $0 : nil }
    }

    private static func unit(_ word: String) -> Calendar.Component? {
        switch word {
        case "second", "seconds": .second
        case "minute", "minutes": .minute
        case "hour", "hours": .hour
        case "day", "days": .day
        case "week", "weeks": .weekOfYear
        case "month", "months": .month
        case "year", "years": .year
        default: nil
        }
    }

    /// `2026-11-21` with or without `T10:00`, `:30` and `Z` or `+01:00`; or a time of today.
    private static func moment(_ text: String, now: Date, calendar: Calendar) -> Interval? {
        guard text.utf8.count <= 40,
            let match = text.uppercased().wholeMatch(
                of: /(?:(\d{4})-(\d\d)-(\d\d))?(T?)(?:(\d\d?):(\d\d)(?::(\d\d)(?:\.\d+)?)?)?(Z|[+-]\d\d:\d\d)?/)
        else { return nil }
        let hasDate = match.1 != nil
        let hasTime = match.5 != nil
        // The T stands between a date and a time; only a date with a time has a zone.
        guard hasDate || hasTime, (match.4 == "T") == (hasDate && hasTime), match.8 == nil || (hasDate && hasTime)
        else { return nil }
        var calendar = calendar
        if let zone = match.8 {
            guard let zone = timeZone(String(zone)) else { return nil }
            calendar.timeZone = zone
        }
        var parts = calendar.dateComponents([.year, .month, .day], from: now)
        if hasDate {
            parts = DateComponents(
                year: match.1.flatMap { Int($0) }, month: match.2.flatMap { Int($0) },
                day: match.3.flatMap { Int($0) })
        }
        parts.hour = match.5.flatMap { Int($0) } ?? 0
        parts.minute = match.6.flatMap { Int($0) } ?? 0
        parts.second = match.7.flatMap { Int($0) } ?? 0
        guard let year = parts.year, year > 0, let hour = parts.hour, hour < 24, let minute = parts.minute, minute < 60,
            let second = parts.second, second < 60, let month = parts.month, let day = parts.day,
            let date = calendar.date(from: parts)
        else { return nil }
        let back = calendar.dateComponents([.year, .month, .day], from: date)
        guard back.year == year, back.month == month, back.day == day else { return nil }
        if !hasTime { return calendar.dateInterval(of: .day, for: date).map(Interval.init) }
        return Interval(start: UnixTime(date), end: UnixTime(date))
    }

    private static func timeZone(_ text: String) -> TimeZone? {
        if text == "Z" { return TimeZone(secondsFromGMT: 0) }
        let parts = text.dropFirst().split(separator: ":").compactMap { Int($0) }
        guard parts.count == 2, parts[0] < 24, parts[1] < 60 else { return nil }
        return TimeZone(secondsFromGMT: (text.hasPrefix("-") ? -1 : 1) * (parts[0] * 3600 + parts[1] * 60))
    }
}

extension TimePhrase.Interval {
    fileprivate init(_ interval: DateInterval) {
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
