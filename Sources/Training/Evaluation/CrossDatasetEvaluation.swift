package import Recognition
import Recordings

/// Cross-dataset evaluation: how a model fares on recordings whose labels are not its own.
///
/// Here a recipe's sources say where they are and which class
/// each label stands for; movements the model has no class for stand for `nothing`.
///
/// Every clip is classified. Clips of at least `shortestWatched` and long recordings with labelled segments are
/// watched besides by the recogniser that watches cameras, and it is counted for how many seconds it said what.
package struct CrossDatasetEvaluation: Sendable {
    /// One set of recordings.
    package struct Part: Sendable {
        /// The source's credit, or its path.
        package let data: String
        /// Whether nothing about the model was chosen by it.
        package let isApart: Bool
        /// Of single clips; nil when the set has none that the source's labels name.
        package let clips: Evaluation?
        /// Of what was watched.
        package let watched: TimeConfusion
        /// Of long recordings with labelled segments; what is found outside labelled time counts neither way.
        package let segments: StreamScore?
        /// Who was wronged how often; people without a name under the empty one.
        package let people: [String: ErrorCount]
        package let leftOut: LeftOut
    }

    /// The same sets measured again with one change.
    package struct Changed: Sendable {
        package let change: RecordingChange
        /// In the order of the unchanged ones.
        package var parts: [Part]
    }

    /// What of a set was not measured on, and why.
    package struct LeftOut: Sendable, Equatable {
        /// Clips in which nobody is seen.
        package var unseen: [String] = []
        /// How many clips of labels that the source does not name.
        package var labels: [String: Int] = [:]
        /// How many clips of people or styles that the source leaves out.
        package var subjects: [String: Int] = [:]
    }

    package private(set) var parts: [Part] = []
    /// With each of the changes, in their order.
    package private(set) var changed: [Changed]
    private let model: ActionModel
    private let settings: ActionRecogniserSettings

    /// Shorter clips end before a recogniser has made up its mind.
    package static let shortestWatched = 5.0

    /// - Parameter changes: with which every recording is measured once more; of a model that looks at motion.
    package init(
        model: ActionModel, settings: ActionRecogniserSettings? = nil, changes: [RecordingChange] = []
    ) {
        precondition(changes.isEmpty || model.input.looksAtMotion, "changes are made of bodies in space")
        self.model = model
        changed = changes.map { Changed(change: $0, parts: []) }
        self.settings = settings ?? ActionRecogniserSettings(for: model)
    }

    /// The clips of some sets taken together; nil when there are none.
    package func clips(of parts: [Part]) -> Evaluation? {
        let all = parts.compactMap(\.clips)
        return all.isEmpty ? nil : Evaluation(of: all)
    }

    /// All that was watched of some sets.
    package func watched(of parts: [Part]) -> TimeConfusion {
        parts.reduce(into: TimeConfusion(classes: model.classes)) { $0.add($1.watched) }
    }

    /// Measures on every folder of a recipe, with its labels and without the subjects it leaves out.
    ///
    /// - Parameters:
    ///   - opened: the recipe's sources; those that are no folders are passed over.
    ///   - progress: called with each set's name, how often its clips and long recordings are measured in all, and how
    ///     often they have been.
    package mutating func add(
        _ opened: [OpenedSource], progress: (String, Int, Int) -> Void = { _, _, _ in }
    ) throws {
        for opened in opened {
            guard let folder = opened.folder else { continue }
            let count = (folder.clips.count + folder.streams.count) * (1 + changed.count)
            try add(folder, source: opened.source) { progress(opened.source.name, count, $0) }
        }
    }

    /// The figures of each set, as `model.json` keeps them.
    package var measurements: [ActionModelDescription.CrossDatasetMeasurement] {
        parts.map { part in
            .init(
                data: part.data, apart: part.isApart, clips: part.clips?.clips ?? 0, top1: part.clips?.top1,
                meanClass: part.clips?.meanClass, seconds: part.watched.allSeconds, right: part.watched.right,
                rightOfActions: part.watched.rightOfActions)
        }
    }

    private mutating func add(
        _ folder: RecordingsFolder, source: RecipeSource, progress: (Int) -> Void
    ) throws {
        var measurement = SetMeasurement(
            of: folder, source: source, changes: changed.map(\.change), model: model, settings: settings)
        try measurement.measureClips(progress: progress)
        try measurement.measureStreams(progress: progress)
        parts.append(measurement.unchanged)
        for (index, part) in measurement.changed.enumerated() { changed[index].parts.append(part) }
    }
}
