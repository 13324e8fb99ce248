import ArgumentParser
import Events
import Foundation

/// Where the results of a run go besides standard output.
struct RunOutputs {
    var events: String?
    var skeletons: String?
    var history: String?
    var render: String?
    var sheet: String?
    var publish: String?
    var waitsForSubscriber = false
    /// When the recording began; nil stands for now.
    var recordedAt: UnixTime?
    var json = false
    /// Who may read what is written; nil for the owner alone.
    var fileMode: FileMode?
    /// Kinds of events to publish, print and keep; nil for all.
    var kinds: Set<EventKind>?

    /// Reads `2026-11-21T10:00:00Z` or `2026-11-21`.
    static func date(_ text: String) throws -> UnixTime {
        for style in [Date.ISO8601FormatStyle.iso8601, .iso8601.year().month().day()] {
            if let date = try? style.parse(text) { return UnixTime(date) }
        }
        throw ValidationError(
            "--recorded-at: expected an ISO date such as 2026-11-21T10:00:00Z or 2026-11-21, found '\(text)'")
    }
}
