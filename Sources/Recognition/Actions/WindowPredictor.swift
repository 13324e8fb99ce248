import Skeleton

/// Keeps the last seconds of each person's motion, and at every hop classifies the windows of those who are due together.
struct WindowPredictor: ActionPredictor {
    private let settings: ActionRecogniserSettings
    private let sampling: ClipSampling
    private let classifier: ActionClassifier
    private var people: [TrackID: Person] = [:]
    private var due: [TrackID] = []

    private struct Person {
        var samples: [MotionSample]
        var nextPrediction: Double
    }

    init(model: ActionModel, settings: ActionRecogniserSettings) {
        self.settings = settings
        sampling = model.description.sampling
        classifier = ActionClassifier(model: model)
    }

    mutating func take(_ sample: MotionSample, of track: TrackID) {
        let now = sample.time
        guard var person = people[track] else {
            people[track] = Person(samples: [sample], nextPrediction: now + settings.warmUp.inSeconds)
            return
        }
        // Out of the dictionary while it changes, so that its samples are not copied.
        people[track] = nil
        person.samples.append(sample)
        let keep = now - sampling.seconds - 0.5
        if let first = person.samples.first, first.time < keep - 2 {
            person.samples.removeSubrange(..<(person.samples.firstIndex { $0.time >= keep } ?? 0))
        }
        if now >= person.nextPrediction - 1e-6 {
            person.nextPrediction += settings.hop.inSeconds
            if person.nextPrediction <= now { person.nextPrediction = now + settings.hop.inSeconds }
            due.append(track)
        }
        people[track] = person
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
