import Foundation

/// Times written as on a clock.
enum ClockText {
    /// Seconds of `1:02:03.5` or `02:03`, or since 1970 of `2026-05-01 10:30:05.123` with or without a zone; without one
    /// the computer's is meant. Nil for anything else, such as the 31st of June.
    static func seconds(_ text: String) -> Double? {
        let text = text.trimmingCharacters(in: .whitespaces)
        guard text.utf8.count <= 40 else { return nil }
        if let match = text.wholeMatch(
            of: /(\d{4})-(\d\d)-(\d\d)[T ](\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?) ?(Z|[+-]\d\d:?\d\d)?/)
        {
            guard let year = Int(match.1), let month = Int(match.2), let day = Int(match.3),
                let clock = clock(match.4, mostHours: 23)
            else { return nil }
            var calendar = Calendar(identifier: .gregorian)
            calendar.timeZone = zone(match.5) ?? .current
            // The clock's hour, not hours since midnight: the day may have 23 or 25 of them where no zone is given.
            let (hour, minute) = (Int(clock / 3600), Int(clock / 60) % 60)
            let parts = DateComponents(year: year, month: month, day: day, hour: hour, minute: minute)
            guard let date = calendar.date(from: parts),
                calendar.dateComponents([.year, .month, .day], from: date)
                    == DateComponents(year: year, month: month, day: day)
            else { return nil }
            return date.timeIntervalSince1970 + clock - Double(hour * 3600 + minute * 60)
        }
        return clock(text[...], mostHours: 99_999)
    }

    private static func clock(_ text: Substring, mostHours: Int) -> Double? {
        let parts = text.replacing(",", with: ".").split(separator: ":", omittingEmptySubsequences: false)
        guard (2...3).contains(parts.count), parts.allSatisfy({ $0.first?.isNumber == true }),
            let last = Double(parts[parts.count - 1]), last < 60
        else { return nil }
        // Without a fraction two parts of a date's time are hours and minutes, else minutes and seconds.
        if parts.count == 2, mostHours == 23 {
            guard let hours = Int(parts[0]), hours <= mostHours else { return nil }
            return Double(hours) * 3600 + last * 60
        }
        guard let minutes = Int(parts[parts.count - 2]), minutes < 60 else { return nil }
        let hours = parts.count == 3 ? Int(parts[0]) : 0
        guard let hours, hours <= mostHours else { return nil }
        return Double(hours) * 3600 + Double(minutes) * 60 + last
    }

    private static func zone(_ text: Substring?) -> TimeZone? {
        guard let text else { return nil }
        if text == "Z" { return TimeZone(secondsFromGMT: 0) }
        let digits = text.dropFirst().filter { $0 != ":" }
        guard let hours = Int(digits.prefix(2)), let minutes = Int(digits.dropFirst(2)) else { return nil }
        return TimeZone(secondsFromGMT: (text.hasPrefix("-") ? -1 : 1) * (hours * 3600 + minutes * 60))
    }
}
