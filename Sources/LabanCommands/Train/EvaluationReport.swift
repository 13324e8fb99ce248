import Foundation
import Training

/// An evaluation as text for people.
struct EvaluationReport {
    private let evaluation: Evaluation

    init(_ evaluation: Evaluation) { self.evaluation = evaluation }

    var text: String {
        var table = TextTable(
            [("CLASS", .left), ("CLIPS", .right), ("RECALL", .right), ("PRECISION", .right), ("TAKEN FOR", .left)])
        for (row, result) in evaluation.perClass.enumerated() {
            let wrong = evaluation.confusion[row].enumerated()
                .filter { $0.offset != row && $0.element > 0 }
                .sorted { ($1.element, $0.offset) < ($0.element, $1.offset) }
                .prefix(3).map { "\(evaluation.classes[$0.offset]) \($0.element)" }
            table.append([
                result.name, "\(result.clips)", percent(result.recall), percent(result.precision),
                wrong.joined(separator: ", "),
            ])
        }
        return table.text
            + "top-1 \(percent(evaluation.top1)), mean over classes \(percent(evaluation.meanClass)), "
            + "\(evaluation.clips) clips\n" + (evaluation.protocolName.map { "Protocol: \($0)\n" } ?? "")
            + (evaluation.held > 0 ? "\(evaluation.held) shorter than the warm-up: their last pose was held\n" : "")
    }

    private func percent(_ share: Double) -> String { String(format: "%.1f %%", share * 100) }
}
