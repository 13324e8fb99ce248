import ArgumentParser
import Events
import Foundation
import History
import MotionRules
import Pipeline
import Skeleton

/// A gesture or exercise tried on the past: when it would have been told, and how often an hour.
struct PastTrial {
    let name: String
    let parts: PipelineParts

    private struct Line: Encodable {
        let type = "laban.gesture_past"
        let gesture: String
        let fired, told, clips, damaged_clips: Int
        /// Of people watched, all of them together.
        let hours: Double
        let per_hour: Double
    }

    /// Prints what is found, then the sum.
    func run(on reader: HistoryReader, _ filter: HistoryFilter, json: Bool) throws {
        let clips = try PastOptions.clips(of: reader, filter)
        var watch = PastWatch(parts)
        let damaged = try ProgressBar.during("Trying \(name)", total: clips.count, unit: "clips") { progress in
            try ClipPlayer(clips, of: reader).play(progress: progress) { watch.take($0, isFirst: $1) }
        }
        watch.finish()
        try HistoryHolesCommand.warn(reader, filter)
        damaged.warn(reader)
        let firings = try reader.matching(watch.firings).sorted { ($0.start, $0.track) < ($1.start, $1.track) }
        let hours = watch.watched.inSeconds / 3600
        let rate = hours > 0 ? Double(firings.count) / hours : 0
        let table = ResultTable(firings)
        try StandardOutput.write(PrintableText(verbatim: json ? table.jsonLines() : table.text()))
        let told = firings.count { $0.eventID != nil }
        if json {
            func rounded(_ number: Double) -> Double { (number * 10_000).rounded() / 10_000 }
            return try StandardOutput.print(
                JSONLine.text(
                    Line(
                        gesture: name, fired: firings.count, told: told, clips: clips.count,
                        damaged_clips: damaged.count, hours: rounded(hours), per_hour: rounded(rate))))
        }
        let times = firings.count == 1 ? "once" : "\(firings.count) times"
        try StandardOutput.print(
            "\(name) fires \(times) in \(PastTrial.hours(hours)) of people watched, "
                + String(format: "%.1f an hour; ", rate) + "\(told) of these were told at the time")
    }

    /// `0.35 hours`, `12.4 hours`.
    static func hours(_ hours: Double) -> String {
        String(format: hours < 1 ? "%.2f hours" : "%.1f hours", hours)
    }
}
