import Events
import Foundation
import History
import TestSupport
import Testing

@Suite struct TimePhraseTests {
    /// Saturday 2026-11-21, 15:30:20 in Berlin.
    private let now = UnixTime(microseconds: 1_795_271_420_000_000)
    private let calendar = Calendar.history(in: TimeZone(identifier: "Europe/Berlin")!)

    @Test(
        "phrases mean what people mean",
        arguments: [
            ("now", "2026-11-21T14:30:20", "2026-11-21T14:30:20"),
            ("today", "2026-11-20T23:00:00", "2026-11-21T23:00:00"),
            ("  Yesterday ", "2026-11-19T23:00:00", "2026-11-20T23:00:00"),
            ("this week", "2026-11-15T23:00:00", "2026-11-22T23:00:00"),
            ("this month", "2026-10-31T23:00:00", "2026-11-30T23:00:00"),
            ("this hour", "2026-11-21T14:00:00", "2026-11-21T15:00:00"),
            ("last hour", "2026-11-21T13:30:20", "2026-11-21T14:30:20"),
            ("last 2 hours", "2026-11-21T12:30:20", "2026-11-21T14:30:20"),
            ("last  30  Minutes", "2026-11-21T14:00:20", "2026-11-21T14:30:20"),
            ("last 7 days", "2026-11-14T14:30:20", "2026-11-21T14:30:20"),
            // Summer time ended on October 25: the same time of day is an hour further back.
            ("last 5 weeks", "2026-10-17T13:30:20", "2026-11-21T14:30:20"),
            ("2 hours ago", "2026-11-21T12:30:20", "2026-11-21T12:30:20"),
            ("2026-11-21", "2026-11-20T23:00:00", "2026-11-21T23:00:00"),
            ("2026-10-25", "2026-10-24T22:00:00", "2026-10-25T23:00:00"),
            ("2026-11-21T10:00", "2026-11-21T09:00:00", "2026-11-21T09:00:00"),
            ("2026-11-21 10:00", "2026-11-21T09:00:00", "2026-11-21T09:00:00"),
            ("2026-11-21T10:00:30Z", "2026-11-21T10:00:30", "2026-11-21T10:00:30"),
            ("2026-11-21T10:00-05:30", "2026-11-21T15:30:00", "2026-11-21T15:30:00"),
            ("2024-02-29", "2024-02-28T23:00:00", "2024-02-29T23:00:00"),
            ("10:30", "2026-11-21T09:30:00", "2026-11-21T09:30:00"),
            ("9:05:07", "2026-11-21T08:05:07", "2026-11-21T08:05:07"),
            ("noon", "2026-11-21T11:00:00", "2026-11-21T11:00:00"),
            ("today 14:30", "2026-11-21T13:30:00", "2026-11-21T13:30:00"),
            ("yesterday 10:00", "2026-11-20T09:00:00", "2026-11-20T09:00:00"),
            ("Yesterday at noon", "2026-11-20T11:00:00", "2026-11-20T11:00:00"),
            ("an hour ago", "2026-11-21T13:30:20", "2026-11-21T13:30:20"),
            ("a week ago", "2026-11-14T14:30:20", "2026-11-14T14:30:20"),
            ("monday", "2026-11-15T23:00:00", "2026-11-16T23:00:00"),
            ("last monday", "2026-11-15T23:00:00", "2026-11-16T23:00:00"),
            ("Monday 9:00", "2026-11-16T08:00:00", "2026-11-16T08:00:00"),
            ("saturday", "2026-11-20T23:00:00", "2026-11-21T23:00:00"),
            ("last saturday", "2026-11-13T23:00:00", "2026-11-14T23:00:00"),
            ("sat 15:00", "2026-11-21T14:00:00", "2026-11-21T14:00:00"),
            // Not yet today.
            ("saturday 16:00", "2026-11-14T15:00:00", "2026-11-14T15:00:00"),
            ("2026-06-01T18:45:00", "2026-06-01T16:45:00", "2026-06-01T16:45:00"),
            ("2026-06-01 18:45:00+02:00", "2026-06-01T16:45:00", "2026-06-01T16:45:00"),
            ("2026-06-01T18:45 +0530", "2026-06-01T13:15:00", "2026-06-01T13:15:00"),
            // Clocks are put back from 3:00 to 2:00: the first time is meant, and an offset says which.
            ("2026-10-25T02:30", "2026-10-25T00:30:00", "2026-10-25T00:30:00"),
            ("2026-10-25T02:30+02:00", "2026-10-25T00:30:00", "2026-10-25T00:30:00"),
            ("2026-10-25T02:30+01:00", "2026-10-25T01:30:00", "2026-10-25T01:30:00"),
        ])
    func understood(phrase: String, start: String, end: String) throws {
        let interval = try TimePhrase.parse(phrase, now: now, calendar: calendar)
        let format = Date.ISO8601FormatStyle(timeZone: TimeZone(secondsFromGMT: 0)!)
        #expect(interval.start.date == (try format.parse(start + "Z")))
        #expect(interval.end.date == (try format.parse(end + "Z")))
    }

    @Test("a time that clocks showed twice is said, with how to mean the second")
    func ambiguous() throws {
        let note = try #require(try TimePhrase.parse("2026-10-25 2:30", now: now, calendar: calendar).note)
        #expect(note.contains("twice") && note.contains("2026-10-25T02:30:00+01:00"))
        let second = try TimePhrase.parse("2026-10-25T02:30:00+01:00", now: now, calendar: calendar)
        #expect(second.note == nil)
        #expect(try TimePhrase.parse("2026-10-25 3:30", now: now, calendar: calendar).note == nil)
    }

    @Test("fractions of a second count")
    func fractions() throws {
        let whole = try TimePhrase.parse("10:30:00", now: now, calendar: calendar).start
        for (phrase, microseconds) in [("10:30:00.5", 500_000), ("10:30:00,000001", 1), ("10:30:00.1234567", 123_456)] {
            let start = try TimePhrase.parse(phrase, now: now, calendar: calendar).start
            #expect(start == whole.adding(.microseconds(microseconds)))
        }
    }

    @Test(
        "times as they are printed are read as the same moments, whatever clocks do",
        arguments: ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "Pacific/Apia"])
    func printed(zone: String) throws {
        let calendar = Calendar.history(in: TimeZone(identifier: zone)!)
        // Every half an hour of the days about the changes of clocks in 2026.
        for first in [1_772_928_000, 1_774_656_000, 1_775_260_800, 1_790_985_600, 1_792_800_000, 1_793_404_800] {
            for step in 0..<144 {
                let time = UnixTime(microseconds: Int64(first + step * 1800) * 1_000_000)
                let record = TimelineRecord(
                    start: time, duration: nil, camera: "", kind: .camera, track: nil, label: "x", detail: nil)
                let line = try #require(
                    ResultTable([record]).text(calendar: calendar).split(separator: "\n").last?.components(
                        separatedBy: "  "
                    ).first)
                let interval = try TimePhrase.parse(line, now: now, calendar: calendar)
                #expect(interval.start == time, "\(line) in \(zone)")
                #expect(interval.note == nil)
            }
        }
    }

    @Test(
        "what never was is refused with the reason",
        arguments: [
            ("2026-06-31", "June 2026 has 30 days"), ("2025-02-29", "February 2025 has 28 days"),
            ("1900-02-29 10:00", "February 1900 has 28 days"), ("2026-06-31T00:00:00Z", "June 2026 has 30 days"),
            ("2026-02-30 10:00+01:00", "February 2026 has 28 days"), ("2026-13-01", "no month 13"),
            ("yesterday 25:00", "hours go from 0 to 23"), ("10:60", "from 0 to 59"), ("10:30:61", "from 0 to 59"),
            ("2026-11-21T10:00+15:00", "up to 14:00"), ("10:30Z", "an offset needs a date"),
            ("2026-03-29T02:30", "Europe/Berlin never showed 2026-03-29 02:30:00"),
        ])
    func impossible(phrase: String, reason: String) {
        let error = #expect(throws: HistoryError.self) { try TimePhrase.parse(phrase, now: now, calendar: calendar) }
        #expect(error?.message.contains(reason) == true, "\(error?.message ?? "")")
        #expect(error?.message.hasSuffix("found '\(phrase)'") == true)
    }

    @Test("2,000 mutated phrases are understood or refused")
    func mutated() {
        var generator = SeededGenerator(seed: 3)
        let phrases = ["last 1000000 years", "2026-11-21T10:00:00+01:00", "this week", "0001-01-01", "2 hours ago"]
        var refused = 0
        for round in 0..<2_000 {
            let bytes = [UInt8](phrases[round % phrases.count].utf8)
            let phrase = round < phrases.count ? bytes : bytes.mutated(using: &generator)
            do {
                let interval = try TimePhrase.parse(
                    String(decoding: phrase, as: UTF8.self), now: now, calendar: calendar)
                #expect(interval.start <= interval.end)
            } catch {
                refused += 1
            }
        }
        #expect(refused > 1_000)
    }

    @Test(
        "what is not understood is told with what is",
        arguments: [
            "", "tomorrow", "last", "last x hours", "last -2 hours", "last 99999999999999999999 hours",
            "this fortnight",
            "2026-13-01", "2025-02-29", "2026-11-21T25:00", "24:00", "10:60", "2026-11-21Z", "T10:00", "10",
            "hours ago",
            "2026-06-01abc", "someday", "monday tuesday", "last noon", "yesterday yesterday", "10:30 10:30",
            "2026-11-21T", "0000-01-01", "2026-11-21T10:00+99:00",
            "2026-11-21T10:00:00.000000000000000000000000000000001Z",
        ])
    func refused(phrase: String) {
        let error = #expect(throws: HistoryError.self) { try TimePhrase.parse(phrase, now: now, calendar: calendar) }
        #expect(error?.code == .badTime)
        #expect(error?.message.contains("last 2 hours") == true)
        #expect(error?.message.hasSuffix("found '\(phrase)'") == true)
    }
}
