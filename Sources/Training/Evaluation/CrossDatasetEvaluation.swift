package import Recognition
import Recordings
import Skeleton

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
        package let leftOut: LeftOut
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
    private let model: ActionModel
    private let settings: ActionRecogniserSettings

    /// Shorter clips end before a recogniser has made up its mind.
    package static let shortestWatched = 5.0

    package init(model: ActionModel, settings: ActionRecogniserSettings? = nil) {
        self.model = model
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
    ///   - progress: called with each set's name, the number of its clips and long recordings, and how many are done.
    package mutating func add(
        _ opened: [OpenedSource], progress: (String, Int, Int) -> Void = { _, _, _ in }
    ) throws {
        for opened in opened {
            guard let folder = opened.folder else { continue }
            let count = folder.clips.count + folder.streams.count
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
        let isWanted = { (subject: String?) in !source.withoutSubjects.contains(subject ?? "") }
        let label = { (name: String) in source.labels == nil ? name : source.labels?[name] }
        var watched = TimeConfusion(classes: model.classes)
        var leftOut = LeftOut()
        var recordings: [LabelledRecording] = []
        var done = 0
        for clip in folder.clips {
            progress(done)
            done += 1
            guard isWanted(clip.subject) else {
                leftOut.subjects[clip.subject ?? "", default: 0] += 1
                continue
            }
            guard let label = label(clip.label) else {
                leftOut.labels[clip.label, default: 0] += 1
                continue
            }
            let recording = try folder.load(clip)
            guard
                let labelled = LabelledRecording(
                    recording, name: clip.name, label: label, person: clip.subject, input: model.input),
                let first = labelled.subjects.compactMap({ $0.samples.first?.time }).min(),
                let last = labelled.subjects.compactMap({ $0.samples.last?.time }).max()
            else {
                leftOut.unseen.append(clip.name)
                continue
            }
            // A model without a class for nothing can only be watched saying nothing.
            if model.classes.contains(label) {
                recordings.append(labelled)
            } else {
                leftOut.labels[clip.label, default: 0] += 1
            }
            guard last - first >= Self.shortestWatched else { continue }
            watched.add(watch(recording), truth: [.init(label: label, start: first, end: last)])
        }
        var score: StreamScore?
        for stream in folder.streams {
            progress(done)
            done += 1
            guard isWanted(stream.subject) else { continue }
            let truth = stream.segments.compactMap { segment in
                label(segment.label).map {
                    StreamScore.Truth(label: $0, start: segment.start.inSeconds, end: segment.end.inSeconds)
                }
            }
            let found = watch(try folder.load(stream))
            watched.add(found, truth: truth)
            let labelled = found.filter { found in
                let middle = (found.start + found.end) / 2
                return truth.contains { $0.start <= middle && middle <= $0.end }
            }
            var sum = score ?? StreamScore()
            sum.add(
                labelled, truth: truth.filter { $0.label != ActionModel.nothing },
                seconds: truth.reduce(0) { $0 + $1.end - $1.start })
            score = sum
        }
        let evaluation = recordings.isEmpty ? nil : try Evaluation(model: model, recordings: recordings)
        parts.append(
            Part(
                data: source.name, isApart: source.apart, clips: evaluation, watched: watched, segments: score,
                leftOut: leftOut))
    }

    private func watch(_ recording: Recording) -> [StreamScore.Found] {
        StreamEvaluation.watch(recording, by: model, settings).found
    }
}
