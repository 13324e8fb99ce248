import Foundation
import Recognition
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
    /// - Parameters:
    ///   - opened: the sources, as `openSources` gives them.
    ///   - progress: called with each source's name and the number of its clips read.
    ///   - leftOut: called with the name of every clip in which nobody is seen.
    package func loadSources(
        _ opened: [OpenedSource], progress: (String, Int) -> Void = { _, _ in }, leftOut: (String) -> Void = { _ in }
    ) throws -> SourceMotions {
        var result = SourceMotions()
        for (index, opened) in opened.enumerated() {
            let source = opened.source
            let found: [LabelledMotion]
            if let folder = opened.folder {
                let all = try LabelledMotion.load(
                    folder, labels: source.labels, weight: source.weight,
                    progress: { progress(source.name, $0) },
                    leftOut: leftOut)
                let isHeldOut = { (motion: LabelledMotion) in source.withoutSubjects.contains(motion.subject ?? "") }
                found = all.filter { !isHeldOut($0) }
                let heldOut = all.filter(isHeldOut)
                if !heldOut.isEmpty {
                    result.heldOut.append(
                        HeldOutMotions(
                            data: folder.name,
                            protocolName: "subjects \(source.withoutSubjects.joined(separator: ", ")) not trained on",
                            motions: heldOut))
                }
            } else {
                progress(source.name, 0)
                found = PuppetMotions.make(
                    clips: source.clips, seconds: source.seconds, labels: source.labels.map { Set($0.keys) },
                    seed: seed &+ UInt64(index) &* 7919
                ).compactMap { Self.relabelled($0, source) }
            }
            result.motions += found
            let place = source.path.isEmpty ? source.kind.rawValue : source.path
            result.credits.append("\(source.credit.isEmpty ? place : source.credit) (\(found.count) clips)")
        }
        return result
    }

    /// Clips from every source the recipe names.
    ///
    /// - Parameter dataFolder: what the paths of folder sources start from; nil for the current folder.
    package func loadSources(dataFolder: String?) throws -> SourceMotions {
        try loadSources(openSources(dataFolder: dataFolder))
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

extension Recipe {
    /// What is wrong where a training by it starts from random weights; nil when nothing is.
    package func missingStart(file: String) -> TrainingError? {
        guard optimiser.startShare > 0 else { return nil }
        return TrainingError(
            file: file, place: "optimiser.start_share",
            "expected a model whose weights to keep a share of, which --start names, found none")
    }

    /// What is wrong where `class_weights` or `class_priors` name a class that is not trained; nil when all are.
    ///
    /// - Parameter file: what errors call the recipe.
    package func strayClass(among classes: Set<String>, file: String) -> TrainingError? {
        let unknown = Set(classPriors.keys).union(classWeights.keys).subtracting(classes)
            .subtracting([ActionModel.nothing])
        guard let unknown = unknown.min() else { return nil }
        return TrainingError(
            file: file, place: (classPriors[unknown] == nil ? "class_weights." : "class_priors.") + unknown,
            "expected a class that is trained (\(classes.sorted().joined(separator: ", "))), found '\(unknown)'")
    }

    /// What is wrong where `selection` names a column that no clip of the folder has; nil when it names none such.
    ///
    /// - Parameter file: what errors call the recipe.
    package func strayColumn(in folder: RecordingsFolder, file: String) -> TrainingError? {
        let known = folder.clips.reduce(into: Set<String>()) { $0.formUnion($1.attributes.keys) }
        let named =
            selection.columns.keys.sorted().map { ("where." + $0, $0) }
            + selection.label.split(separator: "+").map { ("label", String($0)) }
        guard let (key, column) = named.first(where: { !known.contains($1) }) else { return nil }
        let columns =
            known.isEmpty ? "none, since no subjects.csv names its clips" : known.sorted().joined(separator: ", ")
        return TrainingError(
            file: file, place: "selection." + key,
            "expected a column of \(folder.path)/subjects.csv (\(columns)), found '\(column)'")
    }

    /// The classes that a folder and the sources give, before any of it is read; nil where that cannot be told.
    package func classes(with folder: RecordingsFolder?) -> Set<String>? {
        var classes = Set((folder?.clips ?? []).compactMap { selection.label(of: $0) })
        for stream in folder?.streams ?? [] { classes.formUnion(stream.segments.map(\.label)) }
        for source in sources {
            guard let labels = source.labels else { return nil }
            classes.formUnion(labels.values)
        }
        return classes
    }
}

extension LabelledMotion {
    /// The clips of a folder that a recipe means, with what its normalisation needs.
    package static func load(
        _ folder: RecordingsFolder, recipe: Recipe, progress: (Int) -> Void = { _ in },
        leftOut: (String) -> Void = { _ in }, where isWanted: (RecordedClip) -> Bool = { _ in true }
    ) throws(RecordingsError) -> [LabelledMotion] {
        try load(
            folder, selection: recipe.selection,
            progress: progress, leftOut: leftOut, where: isWanted)
    }
}
