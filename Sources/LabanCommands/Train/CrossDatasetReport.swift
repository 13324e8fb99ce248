import Foundation
import Recognition
import Training

/// A cross-dataset evaluation as text for people, and as JSON.
struct CrossDatasetReport {
    private let evaluation: CrossDatasetEvaluation

    init(_ evaluation: CrossDatasetEvaluation) { self.evaluation = evaluation }

    var text: String { figures + (evaluation.changed.isEmpty ? "" : "\n" + ErrorSourceReport(evaluation).text) }

    private var figures: String {
        var text = ""
        for part in evaluation.parts {
            text += tables(of: part.data, part.clips, part.watched)
            if let score = part.segments {
                text +=
                    "segments: "
                    + zip(StreamScore.overlaps, score.f1).map { String(format: "F1@%.2f %.3f", $0, $1) }
                    .joined(separator: ", ")
                    + (score.onsetDelay.map { String(format: ", reported %.2f s after the start\n", $0) } ?? "\n")
            }
            text += leftOut(of: part) + "\n"
        }
        guard evaluation.parts.count > 1 else { return text }
        return text
            + tables(
                of: "all together", evaluation.clips(of: evaluation.parts), evaluation.watched(of: evaluation.parts))
            + "\n" + sets
    }

    /// A line a set: how much of the whole rests on it. Sets by which nothing was chosen are taken together apart.
    private var sets: String {
        var table = TextTable([
            ("SET", .left), ("CLIPS", .right), ("TOP-1", .right), ("MEAN OVER CLASSES", .right), ("SECONDS", .right),
            ("RIGHT", .right), ("RIGHT OF ACTIONS", .right),
        ])
        func append(_ name: String, _ parts: [CrossDatasetEvaluation.Part]) {
            let clips = evaluation.clips(of: parts)
            let watched = evaluation.watched(of: parts)
            let seconds = watched.allSeconds
            table.append(
                [name] + (clips.map { ["\($0.clips)", percent($0.top1), percent($0.meanClass)] } ?? ["0", "", ""])
                    + [String(format: "%.0f", seconds)]
                    + (seconds > 0 ? [percent(watched.right), percent(watched.rightOfActions)] : ["", ""]))
        }
        for part in evaluation.parts { append(part.data + (part.isApart ? " (apart)" : ""), [part]) }
        let apart = evaluation.parts.filter(\.isApart)
        if apart.isEmpty || apart.count == evaluation.parts.count {
            append("all together", evaluation.parts)
        } else {
            append("all that something was chosen by", evaluation.parts.filter { !$0.isApart })
            append("all that nothing was chosen by", apart)
        }
        return table.text
    }

    /// What was not measured on, counted and named.
    private func leftOut(of part: CrossDatasetEvaluation.Part) -> String {
        func line(_ counts: [String: Int], _ what: String) -> String {
            guard !counts.isEmpty else { return "" }
            let names = counts.keys.sorted { (Int($0) ?? .max, $0) < (Int($1) ?? .max, $1) }
            let more = names.count > 8 ? " and \(names.count - 8) more" : ""
            return "left out: \(counts.values.reduce(0, +)) clips of \(what) "
                + names.prefix(8).joined(separator: ", ") + more + "\n"
        }
        let unseen = Dictionary(part.leftOut.unseen.map { ($0, 1) }, uniquingKeysWith: +)
        return line(part.leftOut.subjects, "people or styles") + line(part.leftOut.labels, "labels without a class")
            + line(unseen, "nobody:")
    }

    /// Both tables, each under a heading that says what it counts.
    private func tables(of name: String, _ clips: Evaluation?, _ watched: TimeConfusion) -> String {
        var text = ""
        if let clips { text += "\(name), clips classified one by one\n" + table(of: clips) + summary(of: clips) }
        if watched.seconds.contains(where: { $0.contains { $0 > 0 } }) {
            text += (text.isEmpty ? "" : "\n") + "\(name), long recordings watched as a camera would be\n"
            text += table(of: watched)
        }
        return text.isEmpty ? "\(name): nothing to measure\n" : text
    }

    /// One JSON object on one line, keys sorted.
    var json: String {
        let parts = evaluation.parts.map { part -> [String: Any] in
            var object: [String: Any] = [
                "data": part.data, "apart": part.isApart, "watched": object(part.watched),
                "left_out": [
                    "unseen": part.leftOut.unseen, "labels": part.leftOut.labels, "subjects": part.leftOut.subjects,
                ],
            ]
            if let clips = part.clips, let value = try? JSONSerialization.jsonObject(with: Data(clips.json.utf8)) {
                object["clips"] = value
            }
            if let score = part.segments {
                for (overlap, f1) in zip(StreamScore.overlaps, score.f1) {
                    object["f1@" + String(format: "%.2f", overlap)] = f1
                }
                object["onset_delay_s"] = score.onsetDelay.map { $0 as Any } ?? NSNull()
            }
            return object
        }
        var report: [String: Any] = ["parts": parts]
        if !evaluation.changed.isEmpty { report.merge(ErrorSourceReport(evaluation).object) { $1 } }
        let data = try? JSONSerialization.data(
            withJSONObject: report, options: [.sortedKeys, .withoutEscapingSlashes])
        guard let data else { preconditionFailure("figures are finite") }
        return String(decoding: data, as: UTF8.self)
    }

    private func object(_ times: TimeConfusion) -> [String: Any] {
        [
            "classes": times.classes, "seconds": times.seconds, "right": times.right,
            "right_of_actions": times.rightOfActions,
        ]
    }

    private func summary(of clips: Evaluation) -> String {
        "\(clips.clips) clips: top-1 \(percent(clips.top1)), mean over classes \(percent(clips.meanClass)), "
            + String(format: "calibration error %.3f\n", clips.ece)
    }

    private func table(of clips: Evaluation) -> String {
        var table = TextTable(
            [("CLASS", .left), ("CLIPS", .right), ("RECALL", .right), ("PRECISION", .right), ("TAKEN FOR", .left)])
        for (row, result) in clips.perClass.enumerated() where result.clips > 0 {
            table.append([
                result.name, "\(result.clips)", percent(result.recall), percent(result.precision),
                confused(clips.confusion[row].map(Double.init), row: row, classes: clips.classes),
            ])
        }
        return table.text
    }

    private func table(of times: TimeConfusion) -> String {
        var table = TextTable(
            [("CLASS", .left), ("SECONDS", .right), ("RECALL", .right), ("PRECISION", .right), ("TAKEN FOR", .left)])
        for row in times.classes.indices where times.total(row) > 0 {
            table.append([
                times.classes[row], String(format: "%.0f", times.total(row)), percent(times.recall(row)),
                percent(times.precision(row)), confused(times.seconds[row], row: row, classes: times.classes),
            ])
        }
        return table.text
            + "\(percent(times.right)) of the seconds right, \(percent(times.rightOfActions)) of those with actions\n"
    }

    /// The four commonest mistakes, as shares of the row.
    private func confused(_ counts: [Double], row: Int, classes: [String]) -> String {
        let sum = counts.reduce(0, +)
        return counts.enumerated().filter { $0.offset != row && $0.element >= 0.01 * sum && $0.element > 0 }
            .sorted { ($1.element, $0.offset) < ($0.element, $1.offset) }.prefix(4)
            .map { "\(classes[$0.offset]) \(Int(($0.element / sum * 100).rounded())) %" }.joined(separator: ", ")
    }

    private func percent(_ share: Double) -> String { String(format: "%.1f %%", share * 100) }
}
