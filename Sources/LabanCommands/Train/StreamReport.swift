import Foundation
import LabanServer
import Printing
import Training

/// An evaluation of streams as text for people.
struct StreamReport {
    private let evaluation: StreamEvaluation

    init(_ evaluation: StreamEvaluation) { self.evaluation = evaluation }

    var text: String {
        let score = evaluation.score
        var table = TextTable([("STREAM", .left), ("SEGMENTS", .right), ("FOUND", .right), ("F1@0.25", .right)])
        for timeline in evaluation.timelines {
            var own = StreamScore()
            own.add(timeline.found, truth: timeline.truth, seconds: 0)
            table.append([
                timeline.name, "\(timeline.truth.count)", "\(timeline.found.count)", String(format: "%.3f", own.f1[1]),
            ])
        }
        var lines = zip(StreamScore.overlaps, score.f1).map { String(format: "F1@%.2f  %.3f", $0, $1) }
        lines.append("onset delay  " + (score.onsetDelay.map { String(format: "%.2f s", $0) } ?? "nothing was found"))
        lines.append(
            String(format: "false alarms  %.1f an hour in %.2f h", score.falseAlarmsPerHour, score.seconds / 3600))
        if evaluation.unrelated.seconds > 0 {
            lines.append(
                String(
                    format: "in unrelated motion  %.1f an hour in %.2f h", evaluation.unrelated.falseAlarmsPerHour,
                    evaluation.unrelated.seconds / 3600))
        }
        lines.append(
            "calibration error  " + (evaluation.calibration.value.map { String(format: "%.3f", $0) } ?? "unknown"))
        return table.text + lines.joined(separator: "\n") + "\n"
    }

    /// Writes true and found segments, one a line: stream, kind, label, start_us, end_us, reported_us.
    func writeTimeline(to path: String) throws {
        func microseconds(_ seconds: Double) -> String { "\(Int64((seconds * 1e6).rounded()))" }
        var rows = ["stream,kind,label,start_us,end_us,reported_us"]
        for timeline in evaluation.timelines {
            for truth in timeline.truth {
                rows.append(
                    [
                        timeline.name.csvField, "true", truth.label.csvField, microseconds(truth.start),
                        microseconds(truth.end), "",
                    ]
                    .joined(separator: ","))
            }
            for found in timeline.found {
                rows.append(
                    [
                        timeline.name.csvField, "found", found.label.csvField, microseconds(found.start),
                        microseconds(found.end),
                        microseconds(found.reported),
                    ].joined(separator: ","))
            }
        }
        do {
            try (rows.joined(separator: "\n") + "\n").write(toFile: path, atomically: true, encoding: .utf8)
        } catch {
            throw OutputError(file: path, message: "cannot be written: \(error.localizedDescription)")
        }
    }
}
