import Foundation
import Training

/// Where a model's errors come from, by changes of recordings, and where they are without any: as text for people, and as
/// JSON.
struct ErrorSourceReport {
    private let evaluation: CrossDatasetEvaluation

    init(_ evaluation: CrossDatasetEvaluation) { self.evaluation = evaluation }

    /// What is right of all sets together; shares are nil where nothing was measured.
    private struct Figures {
        let clips: Int
        let top1: Double?
        let seconds: Double
        let right: Double?
        let rightOfActions: Double?

        init(_ parts: [CrossDatasetEvaluation.Part], of evaluation: CrossDatasetEvaluation) {
            let classified = evaluation.clips(of: parts)
            clips = classified?.clips ?? 0
            top1 = classified?.top1
            let watched = evaluation.watched(of: parts)
            seconds = watched.allSeconds
            right = seconds > 0 ? watched.right : nil
            rightOfActions = watched.hasActions ? watched.rightOfActions : nil
        }

        /// In the order of the columns.
        var shares: [Double?] { [top1, right, rightOfActions] }
    }

    /// The most people who are named.
    private static let mostPeople = 15

    var text: String {
        changes + "\n" + errors("CLASS", evaluation.errorsByClass) + "\n"
            + errors("SET", evaluation.errorsBySet) + "\n"
            + errors("PERSON", evaluation.errorsByPerson, most: Self.mostPeople)
    }

    private var changes: String {
        var table = TextTable([
            ("THE SAME RECORDINGS", .left), ("CLIPS RIGHT", .right), ("POINTS", .right), ("SECONDS RIGHT", .right),
            ("POINTS", .right), ("OF ACTIONS", .right), ("POINTS", .right),
        ])
        let unchanged = Figures(evaluation.parts, of: evaluation)
        table.append(["unchanged"] + unchanged.shares.flatMap { [$0.map(percent) ?? "", ""] })
        for changed in evaluation.changed {
            let figures = Figures(changed.parts, of: evaluation)
            table.append(
                [changed.change.name]
                    + zip(figures.shares, unchanged.shares).flatMap { share, before in
                        [share.map(percent) ?? "", points(share, before).map { String(format: "%+.1f", $0) } ?? ""]
                    })
        }
        return "All sets together with one thing changed, and what it gains or costs in points\n" + table.text
    }

    private func errors(
        _ heading: String, _ shares: [CrossDatasetEvaluation.ErrorShare], most: Int = .max
    ) -> String {
        var table = TextTable([
            (heading, .left), ("CLIPS", .right), ("WRONG", .right), ("POINTS", .right), ("SECONDS", .right),
            ("WRONG", .right), ("POINTS", .right),
        ])
        let all = evaluation.errors
        func append(_ name: String, _ count: ErrorCount) {
            table.append([
                name, "\(count.clips)", "\(count.wrongClips)", String(format: "%.1f", count.clipPoints(of: all)),
                String(format: "%.0f", count.seconds), String(format: "%.0f", count.wrongSeconds),
                String(format: "%.1f", count.secondPoints(of: all)),
            ])
        }
        for share in shares.prefix(most) { append(share.name, share.count) }
        if shares.count > most {
            append(
                "\(shares.count - most) more", shares.dropFirst(most).reduce(into: ErrorCount()) { $0.add($1.count) })
        }
        append("all", all)
        let title = "Errors by \(heading.lowercased()), in points of all clips and of all seconds, dearest first\n"
        return title + table.text
    }

    /// Under `changes` and `errors`, as a JSON object has it; what cannot be told is null.
    var object: [String: Any] {
        let unchanged = Figures(evaluation.parts, of: evaluation)
        let changes = evaluation.changed.map { changed -> [String: Any] in
            let figures = Figures(changed.parts, of: evaluation)
            var object = self.object(figures)
            object["change"] = changed.change.key
            object["name"] = changed.change.name
            for (key, pair) in zip(Self.keys, zip(figures.shares, unchanged.shares)) {
                object[key + "_points"] = points(pair.0, pair.1).map { $0 as Any } ?? NSNull()
            }
            object["parts"] = changed.parts.map { part in
                self.object(Figures([part], of: evaluation)).merging(["data": part.data]) { $1 }
            }
            return object
        }
        return [
            "unchanged": object(unchanged), "changes": changes,
            "errors": [
                "classes": objects(evaluation.errorsByClass), "sets": objects(evaluation.errorsBySet),
                "people": objects(evaluation.errorsByPerson),
            ],
        ]
    }

    /// Of `Figures.shares`.
    private static let keys = ["top1", "right", "right_of_actions"]

    private func object(_ figures: Figures) -> [String: Any] {
        var object: [String: Any] = ["clips": figures.clips, "seconds": figures.seconds]
        for (key, share) in zip(Self.keys, figures.shares) { object[key] = share.map { $0 as Any } ?? NSNull() }
        return object
    }

    private func objects(_ shares: [CrossDatasetEvaluation.ErrorShare]) -> [[String: Any]] {
        let all = evaluation.errors
        return shares.map { share in
            [
                "name": share.name, "clips": share.count.clips, "wrong_clips": share.count.wrongClips,
                "clip_points": share.count.clipPoints(of: all), "seconds": share.count.seconds,
                "wrong_seconds": share.count.wrongSeconds, "second_points": share.count.secondPoints(of: all),
            ]
        }
    }

    /// How many points more a share is.
    private func points(_ share: Double?, _ before: Double?) -> Double? {
        guard let share, let before else { return nil }
        return 100 * (share - before)
    }

    private func percent(_ share: Double) -> String { String(format: "%.1f %%", share * 100) }
}
