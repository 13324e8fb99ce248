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
        /// Left out where too little was watched to tell.
        let per_hour: Double?
    }

    /// An hour cannot be told from less, in hours.
    private static let leastForRate = 1.0 / 6

    /// Prints what is found, then the sum.
    ///
    /// - Throws: where there is nothing to try it on, or nothing of it can be read.
    func run(on reader: HistoryReader, _ filter: HistoryFilter, json: Bool) throws {
        let clips = try PastOptions.clips(of: reader, filter)
        var watch = PastWatch(parts)
        let damaged = try ProgressBar.during("Trying \(name)", total: clips.count, unit: "clips") { progress in
            try ClipPlayer(clips, of: reader).play(progress: progress) { watch.take($0, isFirst: $1) }
        }
        watch.finish()
        try HistoryHolesCommand.warn(reader, filter)
        damaged.warn(reader)
        guard damaged.count < clips.count else {
            throw HistoryError(
                .damaged, path: reader.path, message: "expected skeletons to try gestures on, found damaged clips only")
        }
        let firings = try reader.matching(watch.firings).sorted { ($0.start, $0.track) < ($1.start, $1.track) }
        let hours = watch.watched.inSeconds / 3600
        let rate = hours >= Self.leastForRate ? Double(firings.count) / hours : nil
        let table = ResultTable(firings)
        try StandardOutput.write(PrintableText(verbatim: json ? table.jsonLines() : table.text()))
        let told = firings.count { $0.eventID != nil }
        if json {
            func rounded(_ number: Double) -> Double { (number * 10_000).rounded() / 10_000 }
            return try StandardOutput.print(
                JSONLine.text(
                    Line(
                        gesture: name, fired: firings.count, told: told, clips: clips.count,
                        damaged_clips: damaged.count, hours: rounded(hours), per_hour: rate.map(rounded))))
        }
        let times = firings.count == 1 ? "once" : "\(firings.count) times"
        try StandardOutput.print(
            "\(name) fires \(times) in \(PastTrial.length(hours: hours)) of people watched"
                + (rate.map { String(format: ", %.1f an hour", $0) } ?? "")
                + "; \(told) of these were told at the time")
    }

    /// `42 s`, `35 min`, `12.4 hours`.
    static func length(hours: Double) -> String {
        if hours < 1.0 / 60 { return String(format: "%.0f s", hours * 3600) }
        return hours < 1 ? String(format: "%.0f min", hours * 60) : String(format: "%.1f hours", hours)
    }
}
