import ArgumentParser
import Foundation
import Recognition
import Recordings
import Training

extension TrainCommand {
    /// Trains on the long recordings of a folder, once, or once for every group of people left out.
    ///
    /// - Parameters:
    ///   - opened: the recipe's sources.
    ///   - people: left out of the one training, and evaluated on.
    ///   - start: whose weights the training starts from; nil for random ones.
    func runStreams(
        of folder: RecordingsFolder, _ opened: [OpenedSource], recipe: Recipe, people: Set<String>,
        start: TrainingStart? = nil
    ) throws {
        let sources = try load(opened, recipe: recipe)
        guard let size = crossValidate else {
            let training = try self.training(
                folder, sources, recipe: recipe, without: people, start: start, output: output)
            let model = try run(training, clips: training.clipCount, title: "Training")
            try StandardOutput.print("Model \(model.identifier) with \(model.classes.count) classes in \(output)")
            guard !people.isEmpty else { return }
            return try StandardOutput.print(
                StreamReport(evaluation(of: model, on: folder, people)).text, terminator: "")
        }
        let subjects = folder.subjects.filter { subject in folder.streams.contains { $0.subject == subject } }
        guard size > 0, size < subjects.count else {
            throw ValidationError(
                "--cross-validate: expected 1 to \(subjects.count - 1) of \(subjects.count) people, found \(size)")
        }
        var folds: [StreamEvaluation] = []
        for first in subjects.indices {
            let people = (0..<size).map { subjects[(first + $0) % subjects.count] }
            let title = "fold \(first + 1)"
            let training = try self.training(
                folder, sources, recipe: recipe, without: Set(people), output: "\(output)/fold-\(first + 1)")
            let model = try run(training, clips: training.clipCount, title: title)
            let fold = try evaluation(of: model, on: folder, Set(people))
            folds.append(fold)
            try StandardOutput.print(
                "\(title): without \(people.joined(separator: ", ")): " + Self.figures(fold.score, fold.calibration))
        }
        var together = folds[0]
        for fold in folds.dropFirst() { together.add(fold) }
        try StandardOutput.print(StreamReport(together).text, terminator: "")
        let f1 = folds.map { $0.score.f1[1] }
        let mean = f1.reduce(0, +) / Double(f1.count)
        let spread = (f1.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(max(1, f1.count - 1))).squareRoot()
        try StandardOutput.print(String(format: "F1@0.25 over \(f1.count) folds: mean %.3f, spread %.3f", mean, spread))
    }

    private func training(
        _ folder: RecordingsFolder, _ sources: Recipe.SourceMotions, recipe: Recipe, without people: Set<String>,
        start: TrainingStart? = nil, output: String
    ) throws -> TrainingRun {
        let isWanted = { (stream: RecordedStream) in !people.contains(stream.subject ?? "") }
        let streams = try UsableRecordings.load(folder) { progress, leftOut in
            try LabelledStream.load(folder, progress: progress, leftOut: leftOut, where: isWanted)
        }
        let credit = "\(folder.name) (\(streams.count) long recordings)"
        return try TrainingRun(
            motions: sources.motions, streams: streams, recipe: recipe, output: output,
            trainingData: sources.credits + [credit], start: start, heldOut: sources.heldOut, places: places)
    }

    private func evaluation(
        of model: ActionModel, on folder: RecordingsFolder, _ people: Set<String>
    ) throws -> StreamEvaluation {
        var evaluation = StreamEvaluation(model: model, settings: ActionRecogniserSettings(for: model))
        let streams = folder.streams.filter { people.contains($0.subject ?? "") }
        try ProgressBar.during("Watching", total: streams.count, unit: "recordings") { progress in
            for (index, stream) in streams.enumerated() {
                progress(index)
                try evaluation.add(folder.load(stream), segments: stream.segments, name: stream.name)
            }
        }
        return evaluation
    }

    private static func figures(_ score: StreamScore, _ calibration: CalibrationError) -> String {
        String(format: "F1@0.25 %.3f, F1@0.50 %.3f, onset delay ", score.f1[1], score.f1[2])
            + (score.onsetDelay.map { String(format: "%.2f s", $0) } ?? "unknown") + ", calibration error "
            + (calibration.value.map { String(format: "%.3f", $0) } ?? "unknown")
    }
}
