import Recognition
import Recordings
import Skeleton

/// Measures a model on one set of recordings, as they are and with every change: each is read once, and few at a time are in
/// memory.
struct SetMeasurement {
    private let folder: RecordingsFolder
    private let source: RecipeSource
    private let model: ActionModel
    private let classifier: ActionClassifier
    private var leftOut = CrossDatasetEvaluation.LeftOut()
    /// Without a change, and with each.
    private var tallies: [SetTally]
    private var batch: [SetTally.Clip] = []
    /// How often recordings have been measured, or left out.
    private var done = 0

    init(
        of folder: RecordingsFolder, source: RecipeSource, changes: [RecordingChange], model: ActionModel,
        settings: ActionRecogniserSettings
    ) {
        self.folder = folder
        self.source = source
        self.model = model
        classifier = ActionClassifier(model: model)
        tallies = ([nil] + changes).map { SetTally($0, model: model, settings: settings) }
    }

    /// What was measured without a change.
    var unchanged: CrossDatasetEvaluation.Part { tallies[0].part(of: source, leftOut: leftOut) }

    /// What was measured with each change.
    var changed: [CrossDatasetEvaluation.Part] {
        tallies.dropFirst().map { $0.part(of: source, leftOut: leftOut) }
    }

    /// - Parameter progress: called with how often recordings have been measured.
    mutating func measureClips(progress: (Int) -> Void) throws(RecordingsError) {
        for (number, clip) in folder.clips.enumerated() {
            if let clip = try read(clip, number: number) {
                batch.append(clip)
                if batch.count == Evaluation.atOnce { measureBatch(progress: progress) }
            } else {
                done += tallies.count
            }
        }
        measureBatch(progress: progress)
    }

    /// - Parameter progress: called with how often recordings have been measured.
    mutating func measureStreams(progress: (Int) -> Void) throws(RecordingsError) {
        for (number, stream) in folder.streams.enumerated() {
            guard isWanted(stream.subject) else {
                done += tallies.count
                continue
            }
            let truth = stream.segments.compactMap { segment in
                label(segment.label).map {
                    StreamScore.Truth(label: $0, start: segment.start.inSeconds, end: segment.end.inSeconds)
                }
            }
            let long = SetTally.Stream(
                recording: SampledRecording(try folder.load(stream), input: model.input), person: stream.subject,
                number: folder.clips.count + number, truth: truth)
            for index in tallies.indices {
                tallies[index].add(long)
                done += 1
                progress(done)
            }
        }
    }

    private mutating func measureBatch(progress: (Int) -> Void) {
        for index in tallies.indices {
            tallies[index].add(batch, classifier: classifier)
            done += batch.count
            progress(done)
        }
        batch.removeAll(keepingCapacity: true)
    }

    /// A clip as it is measured; nil when it is left out.
    private mutating func read(_ clip: RecordedClip, number: Int) throws(RecordingsError) -> SetTally.Clip? {
        guard isWanted(clip.subject) else {
            leftOut.subjects[clip.subject ?? "", default: 0] += 1
            return nil
        }
        guard let label = label(clip.label) else {
            leftOut.labels[clip.label, default: 0] += 1
            return nil
        }
        let recording = SampledRecording(try folder.load(clip), input: model.input)
        guard recording.isSeenTwice, let seen = recording.seconds else {
            leftOut.unseen.append(clip.name)
            return nil
        }
        // A model without a class for nothing can only be watched saying nothing.
        let isClassified = model.classes.contains(label)
        if !isClassified { leftOut.labels[clip.label, default: 0] += 1 }
        let isWatched = seen.upperBound - seen.lowerBound >= CrossDatasetEvaluation.shortestWatched
        return SetTally.Clip(
            recording: recording, name: clip.name, label: label, person: clip.subject, number: number,
            isClassified: isClassified, watched: isWatched ? seen : nil)
    }

    private func isWanted(_ subject: String?) -> Bool { !source.withoutSubjects.contains(subject ?? "") }

    private func label(_ name: String) -> String? { source.labels == nil ? name : source.labels?[name] }
}
