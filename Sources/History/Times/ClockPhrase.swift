import Events
import Foundation

/// A day, a time of day, or both: `yesterday 10:00`, `last monday`, `noon`, `2026-11-21T10:00:00+01:00`.
struct ClockPhrase {
    private enum Day {
        case today
        case daysAgo(Int)
        /// The newest day of that name; 1 is Sunday.
        case weekday(Int, isBeforeToday: Bool)
        case date(year: Int, month: Int, day: Int)
    }

    private struct Time {
        var hour = 0
        var minute = 0
        var second = 0
        var microseconds: Int64 = 0
        var zone: TimeZone?
    }

    private let now: Date
    private let calendar: Calendar
    private var day: Day?
    private var time: Time?

    init(_ words: [String], now: Date, calendar: Calendar) throws(TimeFault) {
        self.now = now
        self.calendar = calendar
        var words = words.filter { $0 != "at" }
        day = try Self.takeDay(&words)
        guard words.count <= 2 else { throw TimeFault() }
        if !words.isEmpty { time = try Self.time(words.joined()) }
        guard day != nil || time != nil else { throw TimeFault() }
        // Only of a date is it clear which day it is in another zone.
        if time?.zone != nil {
            guard case .date = day else { throw TimeFault(reason: "an offset needs a date before the time") }
        }
    }

    /// What it means.
    func interval() throws(TimeFault) -> TimePhrase.Interval {
        guard let time else {
            let noon = try moment(of: try localDay(), Time(hour: 12)).date
            guard let interval = calendar.dateInterval(of: .day, for: noon) else { throw TimeFault() }
            return TimePhrase.Interval(interval)
        }
        var (date, note) = try moment(of: try localDay(), time)
        // On a Monday at eight, `monday 9:00` is a week ago.
        if case .weekday = day, date > now {
            (date, note) = try moment(of: LocalTime(addingDays(-7, to: try localDay()), in: calendar.timeZone), time)
        }
        let microseconds = UnixTime(date).microseconds &+ time.microseconds
        let start = UnixTime(microseconds: microseconds)
        return TimePhrase.Interval(start: start, end: start, note: note)
    }

    // MARK: - Reading

    private static func takeDay(_ words: inout [String]) throws(TimeFault) -> Day? {
        guard let first = words.first else { return nil }
        switch first {
        case "today":
            words.removeFirst()
            return .today
        case "yesterday":
            words.removeFirst()
            return .daysAgo(1)
        case "last":
            guard words.count > 1, let weekday = weekday(words[1]) else { return nil }
            words.removeFirst(2)
            return .weekday(weekday, isBeforeToday: true)
        default:
            if let weekday = weekday(first) {
                words.removeFirst()
                return .weekday(weekday, isBeforeToday: false)
            }
            guard let match = first.wholeMatch(of: /(\d{4})-(\d\d)-(\d\d)(?:t(\d.*))?/) else { return nil }
            words.removeFirst()
            if let rest = match.4 { words.insert(String(rest), at: 0) }
            return try date(Int(match.1)!, Int(match.2)!, Int(match.3)!)
        }
    }

    private static func date(_ year: Int, _ month: Int, _ day: Int) throws(TimeFault) -> Day {
        guard year > 0 else { throw TimeFault(reason: "years begin with 1") }
        guard 1...12 ~= month else { throw TimeFault(reason: "there is no month \(month)") }
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
        guard 1...days ~= day else {
            let names = [
                "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
                "November", "December",
            ]
            throw TimeFault(reason: "\(names[month - 1]) \(year) has \(days) days")
        }
        return .date(year: year, month: month, day: day)
    }

    private static func weekday(_ word: String) -> Int? {
        let names = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"]
        return names.firstIndex { $0 == word || $0.prefix(3) == word }.map { $0 + 1 }
    }

    private static func time(_ text: String) throws(TimeFault) -> Time {
        if text == "noon" { return Time(hour: 12) }
        if text == "midnight" { return Time() }
        guard
            let match = text.wholeMatch(
                of: /(\d\d?):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?(z|[+-]\d\d(?::?\d\d)?)?/)
        else { throw TimeFault() }
        var time = Time(hour: Int(match.1)!, minute: Int(match.2)!, second: match.3.flatMap { Int($0) } ?? 0)
        guard time.hour < 24 else { throw TimeFault(reason: "hours go from 0 to 23") }
        guard time.minute < 60, time.second < 60 else { throw TimeFault(reason: "minutes and seconds go from 0 to 59") }
        if let fraction = match.4 {
            time.microseconds = Int64((fraction + "000000").prefix(6))!
        }
        if let zone = match.5 { time.zone = try self.zone(String(zone)) }
        return time
    }

    /// `z`, `+01:00`, `+0100` or `+01`.
    private static func zone(_ text: String) throws(TimeFault) -> TimeZone {
        if text == "z" { return TimeZone(secondsFromGMT: 0)! }
        let digits = text.dropFirst().filter { $0 != ":" }
        let (hours, minutes) = (Int(digits.prefix(2))!, Int(digits.dropFirst(2)) ?? 0)
        guard hours * 60 + minutes <= 14 * 60, minutes < 60,
            let zone = TimeZone(secondsFromGMT: (text.hasPrefix("-") ? -60 : 60) * (hours * 60 + minutes))
        else { throw TimeFault(reason: "offsets go up to 14:00") }
        return zone
    }

    // MARK: - Meaning

    /// The day meant, as the calendar in the asker's zone has it.
    private func localDay() throws(TimeFault) -> LocalTime {
        let today = LocalTime(now, in: calendar.timeZone)
        switch day {
        case nil, .today: return today
        case .daysAgo(let days): return LocalTime(addingDays(-days, to: today), in: calendar.timeZone)
        case .weekday(let weekday, let isBeforeToday):
            let back = (calendar.component(.weekday, from: now) - weekday + 7) % 7
            let days = back == 0 && isBeforeToday ? 7 : back
            return LocalTime(addingDays(-days, to: today), in: calendar.timeZone)
        case .date(let year, let month, let day): return LocalTime(year: year, month: month, day: day)
        }
    }

    private func addingDays(_ days: Int, to day: LocalTime) -> Date {
        let noon = LocalTime(year: day.year, month: day.month, day: day.day, hour: 12).moments(in: calendar.timeZone)
        return calendar.date(byAdding: .day, value: days, to: noon.first ?? now) ?? now
    }

    /// The first moment at which a clock shows that time on that day, and what is to be said where it shows it twice.
    private func moment(of day: LocalTime, _ time: Time) throws(TimeFault) -> (date: Date, note: String?) {
        let zone = time.zone ?? calendar.timeZone
        let local = LocalTime(
            year: day.year, month: day.month, day: day.day, hour: time.hour, minute: time.minute, second: time.second)
        let moments = local.moments(in: zone)
        guard let first = moments.first else {
            throw TimeFault(
                reason: "clocks in \(zone.identifier) never showed \(local.text), as they were put forward past it")
        }
        guard let second = moments.dropFirst().first else { return (first, nil) }
        let offsets = [first, second].map { LocalTime.offsetText(zone.secondsFromGMT(for: $0)) }
        let note =
            "clocks in \(zone.identifier) showed \(local.text) twice, and the first time is meant; the second is "
            + "\(local.dayText)T\(local.timeText)\(offsets[1]), the first \(local.dayText)T\(local.timeText)\(offsets[0])"
        return (first, note)
    }
}
