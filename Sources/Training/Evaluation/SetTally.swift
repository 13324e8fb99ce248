import Recognition
import Skeleton

/// What a model makes of one set of recordings, which come some at a time, as they are or with one change.
struct SetTally {
    /// A recording that is classified, watched or both.
    struct Clip {
        var recording: SampledRecording
        let name: String
        let label: String
        let person: String?
        /// In its set.
        let number: Int
        let isClassified: Bool
        /// From its first to its last sample, in seconds; nil where it is too short to be watched.
        let watched: ClosedRange<Double>?
    }

    /// A long recording with what is done in it.
    struct Stream {
        var recording: SampledRecording
        let person: String?
        let number: Int
        let truth: [StreamScore.Truth]
    }

    let change: RecordingChange?
    private let model: ActionModel
    private let settings: ActionRecogniserSettings
    private var predictions: [Evaluation.Prediction] = []
    private var held = 0
    private var watched: TimeConfusion
    private var segments: StreamScore?
    private var people: [String: ErrorCount] = [:]

    init(_ change: RecordingChange?, model: ActionModel, settings: ActionRecogniserSettings) {
        self.change = change
        self.model = model
        self.settings = settings
        watched = TimeConfusion(classes: model.classes)
    }

    /// Takes in at most `Evaluation.atOnce` clips.
    mutating func add(_ clips: [Clip], classifier: ActionClassifier) {
        var recordings: [LabelledRecording] = []
        var known: [Int: [[[Float]]]] = [:]
        for clip in clips {
            var recording = clip.recording
            var truth: [StreamScore.Truth] = []
            if let time = clip.watched {
                truth = [StreamScore.Truth(label: clip.label, start: time.lowerBound, end: time.upperBound)]
            }
            change?.apply(to: &recording, truth: &truth, number: clip.number, classes: model.classes)
            let predictions = truth.isEmpty ? nil : watch(recording, truth: truth, person: clip.person).predictions
            guard clip.isClassified else { continue }
            let label = change?.label(clip.label, classes: model.classes) ?? clip.label
            let labelled = LabelledRecording(recording, name: clip.name, label: label, person: clip.person)
            // Who is watched and who is classified is stepped through the networks alike: once is enough.
            known[recordings.count] = predictions.map { predictions in
                labelled.subjects.map { subject in
                    predictions.filter { $0.side == subject.side }.map(\.probabilities)
                }
            }
            recordings.append(labelled)
        }
        let found = Evaluation.classify(recordings, by: classifier, known: known)
        predictions += found.predictions
        held += found.held
        for (recording, prediction) in zip(recordings, found.predictions) {
            let isWrong = prediction.truth != prediction.guess
            people[recording.person ?? "", default: ErrorCount()].add(
                ErrorCount(clips: 1, wrongClips: isWrong ? 1 : 0))
        }
    }

    /// Takes in a long recording; what is found outside labelled time counts neither way.
    mutating func add(_ stream: Stream) {
        var (recording, truth) = (stream.recording, stream.truth)
        change?.apply(to: &recording, truth: &truth, number: stream.number, classes: model.classes)
        let found = watch(recording, truth: truth, person: stream.person).found
        let labelled = found.filter { found in
            let middle = (found.start + found.end) / 2
            return truth.contains { $0.start <= middle && middle <= $0.end }
        }
        var sum = segments ?? StreamScore()
        sum.add(
            labelled, truth: truth.filter { $0.label != ActionModel.nothing },
            seconds: truth.reduce(0) { $0 + $1.end - $1.start })
        segments = sum
    }

    private mutating func watch(
        _ recording: SampledRecording, truth: [StreamScore.Truth], person: String?
    ) -> (found: [StreamScore.Found], predictions: [ActionPrediction]) {
        let (found, predictions) = StreamEvaluation.watch(recording, by: model, settings)
        watched.add(found, truth: truth)
        var own = TimeConfusion(classes: model.classes)
        own.add(found, truth: truth)
        let seconds = own.allSeconds
        people[person ?? "", default: ErrorCount()].add(
            ErrorCount(seconds: seconds, wrongSeconds: seconds * (1 - own.right)))
        return (found, predictions)
    }

    /// What was counted.
    func part(of source: RecipeSource, leftOut: CrossDatasetEvaluation.LeftOut) -> CrossDatasetEvaluation.Part {
        CrossDatasetEvaluation.Part(
            data: source.name, isApart: source.apart,
            clips: predictions.isEmpty
                ? nil : Evaluation(classes: model.classes, predictions: predictions, held: held),
            watched: watched, segments: segments, people: people, leftOut: leftOut)
    }
}
