package import Recognition
import Recordings
import Skeleton

/// How a model fares on recordings whose labels are not its own: a recipe's sources say where they are and which class
/// each label stands for; movements the model has no class for stand for `nothing`.
///
/// Every clip is classified. Clips of at least `shortestWatched` and long recordings with labelled segments are
/// watched besides by the recogniser that watches cameras, and it is counted for how many seconds it said what.
package struct ForeignEvaluation: Sendable {
    /// One set of recordings.
    package struct Part: Sendable {
        /// The source's path.
        package let data: String
        /// Of single clips; nil when the set has none that the source's labels name.
        package let clips: Evaluation?
        /// Of what was watched.
        package let watched: TimeConfusion
        /// Of long recordings with labelled segments; what is found outside labelled time counts neither way.
        package let segments: StreamScore?
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

    /// All sets' clips, and all that was watched, taken together.
    package var clips: Evaluation? {
        let all = parts.compactMap(\.clips)
        return all.isEmpty ? nil : Evaluation(of: all)
    }

    package var watched: TimeConfusion {
        parts.reduce(into: TimeConfusion(classes: model.classes)) { $0.add($1.watched) }
    }

    /// Measures on every folder that a recipe names.
    ///
    /// - Parameters:
    ///   - recipe: its folder sources are used, with their labels and without the subjects they leave out.
    ///   - dataFolder: what the sources' paths start from; nil for the current folder.
    ///   - progress: called with each set's path before it is measured.
    package mutating func add(
        _ recipe: Recipe, dataFolder: String?, progress: (String) -> Void = { _ in }
    ) throws {
        for (index, source) in recipe.sources.enumerated() where source.kind == .folder {
            progress(source.path)
            let folder = try recipe.folder(of: source, at: index, dataFolder: dataFolder)
            try add(folder, source: source)
        }
    }

    private mutating func add(_ folder: RecordingsFolder, source: RecipeSource) throws {
        let isWanted = { (subject: String?) in !source.withoutSubjects.contains(subject ?? "") }
        let label = { (name: String) in source.labels == nil ? name : source.labels?[name] }
        var watched = TimeConfusion(classes: model.classes)
        var motions: [LabelledMotion] = []
        for clip in folder.clips where isWanted(clip.subject) {
            guard let label = label(clip.label) else { continue }
            let recording = try folder.loadRestored(clip)
            guard
                let motion = LabelledMotion(recording, name: clip.name, label: label, subject: clip.subject),
                let first = motion.samples.first?.time, let last = motion.samples.last?.time
            else { continue }
            motions.append(motion)
            guard last - first >= Self.shortestWatched else { continue }
            watched.add(watch(recording), truth: [.init(label: label, start: first, end: last)])
        }
        var score: StreamScore?
        for stream in folder.streams where isWanted(stream.subject) {
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
        let evaluation = motions.isEmpty ? nil : try Evaluation(model: model, motions: motions)
        parts.append(Part(data: source.path, clips: evaluation, watched: watched, segments: score))
    }

    private func watch(_ recording: Recording) -> [StreamScore.Found] {
        var recogniser = ActionRecogniser(model: model, settings: settings)
        var changes: [SegmentChange] = []
        for frame in recording.frames() { changes += recogniser.update(frame) }
        if let last = recording.times.last {
            changes += recogniser.finish(frame: recording.times.count - 1, at: last, reason: .sourceEnded)
        }
        return StreamEvaluation.segments(of: changes)
    }
}

extension RecordingsFolder {
    /// The poses of one clip, with the proportions of bodies where the set has lost them.
    fileprivate func loadRestored(_ clip: RecordedClip) throws(RecordingsError) -> Recording {
        let recording = try load(clip)
        return isScaledPerFrame ? ProportionFit.restore(recording) : recording
    }
}
