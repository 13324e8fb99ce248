import ArgumentParser
import Foundation
import Recognition
import Recordings
import Training
import Video

extension TrainCommand {
    /// Trains once on a folder's clips and the recipe's sources, and tests on the people that are left out.
    ///
    /// - Parameters:
    ///   - opened: the recipe's sources.
    ///   - start: whose weights the training starts from; nil for random ones.
    func runClips(
        of folder: RecordingsFolder?, _ opened: [OpenedSource], recipe: Recipe, start: TrainingStart?
    ) throws {
        var sources = try load(opened, recipe: recipe)
        if let folder { try add(folder, to: &sources, recipe: recipe) }
        report(
            ClipSurvey(sources.motions, leftOut: folder?.leftOut ?? 0), of: folder?.name ?? "the recipe's sources")
        var test: [LabelledMotion] = []
        if let folder, !people.isEmpty {
            test = try load(folder, recipe: recipe) { people.contains($0.subject ?? "") }
            let lost = Set(test.map(\.label)).subtracting(sources.motions.map(\.label)).sorted()
            guard lost.isEmpty else {
                throw ValidationError(
                    "--test-subjects: only they show \(lost.joined(separator: ", ")): nobody is left to learn it from")
            }
        }
        let training = try TrainingRun(
            motions: sources.motions, recipe: recipe, output: output, trainingData: sources.credits,
            start: start, heldOut: sources.heldOut, places: places)
        let model = try run(training, clips: training.clipCount, title: "Training")
        try StandardOutput.print("Model \(model.identifier) with \(model.classes.count) classes in \(output)")
        Terminal.standardError.write("Try it: laban run VIDEO --model \(output)\n")
        guard let folder, !people.isEmpty else { return }
        var evaluation = try self.evaluation(of: model, on: test)
        evaluation.protocolName =
            EvaluationProtocol(
                layout: folder.name, selection: recipe.selection,
                recordings: test.map(LabelledRecording.init), trainingData: model.trainingData
            ).text
        try report(evaluation)
    }

    /// Adds the clips of a folder, but for people who are left out and for more than the recipe takes of a class.
    private func add(_ folder: RecordingsFolder, to sources: inout Recipe.SourceMotions, recipe: Recipe) throws {
        let all = try load(folder, recipe: recipe) { !people.contains($0.subject ?? "") }
        let clips = recipe.limited(all)
        if clips.count < all.count {
            Terminal.standardError.write(
                "Left out: \(all.count - clips.count) of \(all.count) clips, more than \(recipe.clipsPerClass) of a class\n"
            )
        }
        sources.motions += clips
        sources.credits.append("\(folder.name) (\(EvaluationProtocol.clips(clips)))")
    }

    /// Trains on a folder's clips, once for every group of so many people left out, and tests on these.
    func runFolds(of folder: RecordingsFolder, recipe: Recipe, leavingOut size: Int) throws {
        let motions = try load(folder, recipe: recipe) { _ in true }
        report(ClipSurvey(motions, leftOut: folder.leftOut), of: folder.name)
        let validation = try CrossValidation(
            motions: motions, recipe: recipe, subjects: folder.subjects, leavingOut: size, places: places)
        var folds: [CrossValidation.Fold] = []
        for index in validation.folds.indices {
            let (training, test) = try validation.run(fold: index, output: "\(output)/fold-\(index + 1)")
            let model = try run(
                training, clips: training.clipCount, title: "Fold \(index + 1) of \(validation.folds.count)")
            let fold = CrossValidation.Fold(
                subjects: validation.folds[index], evaluation: try evaluation(of: model, on: test))
            folds.append(fold)
            try StandardOutput.print(
                "fold \(index + 1): without \(fold.subjects.joined(separator: ", ")): top-1 "
                    + Self.percent(fold.evaluation.top1) + ", \(fold.evaluation.clips) clips")
        }
        var all = Evaluation(of: folds.map(\.evaluation))
        all.protocolName =
            "each clip classified by a model that was trained without "
            + (size == 1 ? "the person in it" : "\(size) people, the one in it among them")
        try report(all)
        try StandardOutput.print(
            "mean over \(folds.count) folds \(Self.percent(folds.mean)), spread \(Self.percent(folds.spread))")
    }

    private func report(_ survey: ClipSurvey, of name: String) {
        Terminal.standardError.write(SurveyReport(survey, name: name).text)
        guard !survey.rows.contains(where: { $0.label == ActionModel.nothing }) else { return }
        Terminal.standardError.write(
            "Note: no class '\(ActionModel.nothing)': live, whatever people do will be taken for one of the others; a "
                + "folder of that name with what else happens before the camera keeps the model silent\n")
    }

    private func report(_ evaluation: Evaluation) throws {
        try StandardOutput.print(EvaluationReport(evaluation).text, terminator: "")
        if let picture { try PictureFile.write(ConfusionPicture(evaluation).rendered(), to: picture) }
    }

    private static func percent(_ share: Double) -> String { String(format: "%.1f %%", share * 100) }
}
