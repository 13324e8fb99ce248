import Skeleton

/// Keeps the last seconds of each person's motion, and at every hop classifies the windows of those who are due together.
struct WindowPredictor: ActionPredictor {
    private let settings: ActionRecogniserSettings
    private let sampling: ClipSampling
    private let classifier: ActionClassifier
    private var people: [TrackID: SampleWindow<MotionSample>] = [:]
    private var due: [TrackID] = []

    init(model: ActionModel, settings: ActionRecogniserSettings) {
        self.settings = settings
        sampling = model.description.sampling
        classifier = ActionClassifier(model: model)
    }

    mutating func take(_ sample: MotionSample, of track: TrackID) {
        // Out of the dictionary while it changes, so that its samples are not copied.
        guard var window = people.removeValue(forKey: track) else {
            people[track] = SampleWindow(
                sample, seconds: sampling.seconds, warmUp: settings.warmUp.inSeconds, hop: settings.hop)
            return
        }
        if window.append(sample) { due.append(track) }
        people[track] = window
    }

    mutating func predict(at now: Double, read: (TrackID, Double, [Float]) -> Void) {
        guard !due.isEmpty else { return }
        due.sort()
        // A person who is due has samples: `take` has just added one.
        let clips = due.map { sampling.clip(of: people[$0]?.samples ?? [], endingAt: now) }
        for (track, probabilities) in zip(due, classifier.probabilities(of: clips)) { read(track, now, probabilities) }
        due.removeAll(keepingCapacity: true)
    }

    mutating func forget(_ track: TrackID) { people[track] = nil }
}
