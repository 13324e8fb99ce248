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
        ])
    func understood(phrase: String, start: String, end: String) throws {
        let interval = try TimePhrase.parse(phrase, now: now, calendar: calendar)
        let format = Date.ISO8601FormatStyle(timeZone: TimeZone(secondsFromGMT: 0)!)
        #expect(interval.start.date == (try format.parse(start + "Z")))
        #expect(interval.end.date == (try format.parse(end + "Z")))
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
