import Foundation
package import Recognition
package import Recordings

extension Recipe {
    /// Clips from every source the recipe names, and what to say of them under `training_data`.
    ///
    /// - Parameter dataFolder: what the paths of folder sources start from; nil for the current folder.
    package func loadSources(
        dataFolder: String?
    ) throws -> (motions: [LabelledMotion], credits: [String]) {
        var motions: [LabelledMotion] = []
        var credits: [String] = []
        for (index, source) in sources.enumerated() {
            let found: [LabelledMotion]
            switch source.kind {
            case .puppet:
                found = PuppetMotions.make(
                    clips: source.clips, seconds: source.seconds, seed: seed &+ UInt64(index) &* 7919
                ).compactMap { Self.relabelled($0, source) }
            case .folder:
                let path = dataFolder.map { $0 + "/" + source.path } ?? source.path
                let folder = try RecordingsFolder(path)
                if let labels = source.labels,
                    let stranger = labels.keys.sorted().first(where: { !folder.labels.contains($0) })
                {
                    throw TrainingError(
                        file: path, place: "sources.\(index).labels",
                        "the folder has no label '\(stranger)'; it has " + folder.labels.joined(separator: ", "))
                }
                found = try LabelledMotion.load(folder, labels: source.labels, weight: source.weight) {
                    !source.withoutSubjects.contains($0.subject ?? "")
                }
            }
            motions += found
            let subject =
                source.credit.isEmpty ? (source.path.isEmpty ? source.kind.rawValue : source.path) : source.credit
            credits.append("\(subject) (\(found.count) clips)")
        }
        return (motions, credits)
    }

    private static func relabelled(_ motion: LabelledMotion, _ source: RecipeSource) -> LabelledMotion? {
        var motion = motion
        motion.weight = source.weight
        guard let labels = source.labels else { return motion }
        guard let label = labels[motion.label] else { return nil }
        motion.label = label
        return motion
    }
}

extension TrainingRun {
    /// A training on a recordings folder, on the sources the recipe names, or on both.
    ///
    /// - Parameters:
    ///   - recordings: clips to train on besides the recipe's sources.
    ///   - dataFolder: what the paths of the recipe's folder sources start from.
    package init(
        recordings: RecordingsFolder?, recipe: Recipe, dataFolder: String? = nil, output: String
    ) throws {
        var (motions, credits) = try recipe.loadSources(dataFolder: dataFolder)
        if let recordings {
            let clips = try LabelledMotion.load(recordings)
            motions += clips
            credits.append("\(recordings.layoutName) (\(clips.count) clips)")
        }
        try self.init(motions: motions, recipe: recipe, output: output, trainingData: credits)
    }
}

extension Evaluation {
    /// How well a model classifies the clips of a recordings folder.
    ///
    /// - Parameter labels: class for each label; labels not listed are left out. Nil takes all as they are.
    package init(
        model: ActionModel, recordings: RecordingsFolder, labels: [String: String]? = nil,
        progress: (Int) -> Void = { _ in }
    ) throws {
        try self.init(
            model: model, motions: LabelledMotion.load(recordings, labels: labels), progress: progress)
    }
}
