import Recognition
import Recordings
import Training

extension TrainCommand {
    /// Clips of the folder that the recipe means, read under a bar.
    func load(
        _ folder: RecordingsFolder, recipe: Recipe, where isWanted: (RecordedClip) -> Bool
    ) throws -> [LabelledMotion] {
        try UsableRecordings.load(folder) { progress, leftOut in
            try LabelledMotion.load(
                folder, recipe: recipe, progress: progress, leftOut: leftOut, where: isWanted)
        }
    }

    /// Clips of the recipe's sources, read under a bar.
    func load(_ opened: [OpenedSource], recipe: Recipe) throws -> Recipe.SourceMotions {
        var unseen: [String] = []
        var bar = ProgressBar("Reading", unit: "clips")
        let motions = try recipe.loadSources(opened) {
            bar.update(count: $1, note: $0)
        } leftOut: {
            unseen.append($0)
        }
        bar.finish()
        UsableRecordings.leaveOut(unseen.map { "\($0): nobody is seen in it" })
        return motions
    }

    /// How well a model classifies clips, under a bar.
    func evaluation(of model: ActionModel, on motions: [LabelledMotion]) throws -> Evaluation {
        try ProgressBar.during("Classifying", total: motions.count, unit: "clips") {
            try Evaluation(model: model, recordings: motions.map(LabelledRecording.init), progress: $0)
        }
    }
}
