import ArgumentParser
import Foundation
import Recognition
import Recordings
import Training

/// `laban evaluate MODEL DIR`: how good an action model is.
struct EvaluateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate",
        abstract: "Measure an action model on recordings it has not seen.",
        discussion: """
            MODEL is a model folder, or a name in Models/ where there is no such folder; which one it was is said. DIR is laid out as for 'laban train'. Prints the share of \
            clips whose first guess is right (top1), the mean over classes, each class, and the confusion table: rows \
            are what it was, columns what it was taken for.

            Examples:
              laban evaluate Models/mine recordings/
              laban evaluate everyday recordings/ --subjects carl,dora --json
            """)

    @Argument(help: "Model folder, or a name in Models/.")
    var model: String

    @Argument(help: "Folder of recordings.")
    var recordings: String

    @Option(help: "Only clips of these people, separated by commas.")
    var subjects: String?

    @Flag(help: "Print one JSON object: top1, mean_class, confusion, classes, clips.")
    var json = false

    func run() throws {
        let place = try ResourceOptions.modelFolder(model)
        let model = try ActionModel(folder: place)
        Terminal.standardError.write("Model in \(place)\n")
        let folder = try RecordingsFolder(recordings)
        let only = subjects.map { Set($0.split(separator: ",").map(String.init)) }
        let motions = try LabelledMotion.load(folder) { clip in
            only.map { $0.contains(clip.subject ?? "") } ?? true
        }
        guard !motions.isEmpty else {
            throw ValidationError("\(recordings): expected clips to evaluate, found none that fit")
        }
        let evaluation = try Evaluation(model: model, motions: motions)
        try StandardOutput.print(
            json ? evaluation.json : EvaluationReport(evaluation).text, terminator: json ? "\n" : "")
    }
}

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
            + "\(evaluation.clips) clips\n"
    }

    private func percent(_ share: Double) -> String { String(format: "%.1f %%", share * 100) }
}
