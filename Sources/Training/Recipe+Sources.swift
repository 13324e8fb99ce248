import Foundation
package import Recognition
package import Recordings

extension Recipe {
    /// What the sources of a recipe hold.
    package struct SourceMotions: Sendable {
        /// Clips to train on.
        package var motions: [LabelledMotion] = []
        /// What to say of them under `training_data`.
        package var credits: [String] = []
        /// Clips of the people left out, to measure with.
        package var heldOut: [HeldOutMotions] = []
    }

    /// Clips from every source the recipe names.
    ///
    /// - Parameter dataFolder: what the paths of folder sources start from; nil for the current folder.
    package func loadSources(dataFolder: String?) throws -> SourceMotions {
        var result = SourceMotions()
        for (index, source) in sources.enumerated() {
            let found: [LabelledMotion]
            switch source.kind {
            case .puppet:
                found = PuppetMotions.make(
                    clips: source.clips, seconds: source.seconds, labels: source.labels.map { Set($0.keys) },
                    seed: seed &+ UInt64(index) &* 7919
                ).compactMap { Self.relabelled($0, source) }
            case .folder:
                let folder = try folder(of: source, at: index, dataFolder: dataFolder)
                let all = try LabelledMotion.load(
                    folder, labels: source.labels, weight: source.weight,
                    keepingPlaces: normalisation.root == .world)
                let isHeldOut = { (motion: LabelledMotion) in source.withoutSubjects.contains(motion.subject ?? "") }
                found = all.filter { !isHeldOut($0) }
                let heldOut = all.filter(isHeldOut)
                if !heldOut.isEmpty {
                    result.heldOut.append(
                        HeldOutMotions(
                            data: folder.layoutName,
                            protocolName: "subjects \(source.withoutSubjects.joined(separator: ", ")) not trained on",
                            motions: heldOut))
                }
            }
            result.motions += found
            let place = source.path.isEmpty ? source.kind.rawValue : source.path
            result.credits.append("\(source.credit.isEmpty ? place : source.credit) (\(found.count) clips)")
        }
        return result
    }

    /// The folder of a source.
    ///
    /// - Throws: when it cannot be read, or has none of a label that the source names.
    func folder(of source: RecipeSource, at index: Int, dataFolder: String?) throws -> RecordingsFolder {
        let path = dataFolder.map { $0 + "/" + source.path } ?? source.path
        let folder = try RecordingsFolder(path)
        let known = Set(folder.labels).union(folder.streams.flatMap { $0.segments.map(\.label) })
        if let stranger = source.labels?.keys.sorted().first(where: { !known.contains($0) }) {
            throw TrainingError(
                file: path, place: "sources.\(index).labels",
                "the folder has no label '\(stranger)'; it has " + known.sorted().joined(separator: ", "))
        }
        return folder
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

extension LabelledMotion {
    /// The clips of a folder that a recipe means, with what its normalisation needs.
    package static func load(
        _ folder: RecordingsFolder, recipe: Recipe, where isWanted: (RecordedClip) -> Bool = { _ in true }
    ) throws(RecordingsError) -> [LabelledMotion] {
        try load(
            folder, selection: recipe.selection, keepingPlaces: recipe.normalisation.root == .world, where: isWanted)
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
        var sources = try recipe.loadSources(dataFolder: dataFolder)
        if let recordings {
            let clips = try LabelledMotion.load(recordings, recipe: recipe)
            sources.motions += clips
            sources.credits.append("\(recordings.layoutName) (\(clips.count) clips)")
        }
        try self.init(
            motions: sources.motions, recipe: recipe, output: output, trainingData: sources.credits,
            heldOut: sources.heldOut)
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
