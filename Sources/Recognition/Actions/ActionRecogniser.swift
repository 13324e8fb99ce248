package import Skeleton

/// Says what each person in a stream of skeletons is doing, as segments that begin, are updated and end.
///
/// For each person the last seconds of motion are kept, and at every hop those due are classified together. There is
/// no prediction before a person has been seen for `settings.warmUp`. The same frames give the same segments.
package struct ActionRecogniser {
    package let model: ActionModel
    package let settings: ActionRecogniserSettings
    /// What the model made of the last frame: one for each person who was due, in the order of track ids.
    package private(set) var predictions: [ActionPrediction] = []
    private let classifier: ActionClassifier
    private var people: [TrackID: Person] = [:]
    private var samplers: [SkeletonTopology: MotionSampler] = [:]
    private var segments = 0

    /// One person's recent motion and where in a segment they are.
    private struct Person {
        var samples: [MotionSample]
        var firstSeen: Double
        var nextPrediction: Double
        var segmenter: ActionSegmenter
        var segment: (number: Int, label: String, start: Duration)?
    }

    /// - Parameter settings: those that suit the model when nil.
    package init(model: ActionModel, settings: ActionRecogniserSettings? = nil) {
        self.model = model
        self.settings = settings ?? ActionRecogniserSettings(for: model)
        classifier = ActionClassifier(model: model)
    }

    /// Takes in the people of one frame; what begins, goes on and ends, in the order of track ids.
    ///
    /// A person whose last pose lies longer ago than `settings.longestGap` ends their segment; their next pose starts anew.
    package mutating func update(_ frame: SkeletonFrame) -> [SegmentChange] {
        let now = frame.presentationTime.inSeconds
        predictions.removeAll(keepingCapacity: true)
        var changes = endForgotten(frame: frame.index, at: frame.presentationTime)
        var due: [TrackID] = []
        for person in frame.people where person.pose.hasPoints {
            if take(person, at: now, aspectRatio: frame.aspectRatio) { due.append(person.track) }
        }
        guard !due.isEmpty else { return changes }
        due.sort()
        let sampling = model.description.sampling
        let clips = due.map { track in
            // A person who is due has samples: `take` has just added one.
            sampling.clip(of: people[track]?.samples ?? [], endingAt: now)
        }
        for (track, probabilities) in zip(due, classifier.probabilities(of: clips)) {
            guard let reports = people[track]?.segmenter.step(probabilities, at: now) else { continue }
            predictions.append(
                ActionPrediction(
                    track: track, moment: .seconds(now - sampling.lookBack), probabilities: probabilities))
            for report in reports {
                changes.append(change(report, track, frame: frame.index, at: frame.presentationTime))
            }
        }
        return changes
    }

    /// Forgets a person who has gone; ends their segment if one is open.
    package mutating func end(
        _ track: TrackID, frame: Int, at time: Duration, reason: EndReason
    ) -> [SegmentChange] {
        guard let person = people.removeValue(forKey: track), let segment = person.segment else { return [] }
        return [
            SegmentChange(
                phase: .end, track: track, label: segment.label, confidence: person.segmenter.openConfidence ?? 0,
                segment: segment.number, frame: frame, presentationTime: time, start: segment.start, reason: reason)
        ]
    }

    /// Ends every open segment, in the order of track ids.
    package mutating func finish(frame: Int, at time: Duration, reason: EndReason) -> [SegmentChange] {
        var changes: [SegmentChange] = []
        for track in people.keys.sorted() { changes += end(track, frame: frame, at: time, reason: reason) }
        return changes
    }

    private mutating func endForgotten(frame: Int, at time: Duration) -> [SegmentChange] {
        let oldest = (time - settings.longestGap).inSeconds
        let forgotten = people.filter { ($0.value.samples.last?.time ?? oldest) < oldest }.keys.sorted()
        var changes: [SegmentChange] = []
        for track in forgotten { changes += end(track, frame: frame, at: time, reason: .trackEnded) }
        return changes
    }

    /// Adds a pose to what is known of a person; true when a prediction is due.
    private mutating func take(_ tracked: TrackedPose, at now: Double, aspectRatio: Float?) -> Bool {
        let topology = tracked.pose.topology
        let sampler = samplers[topology] ?? MotionSampler(topology: topology)
        samplers[topology] = sampler
        let sample = sampler.sample(tracked.pose, at: now, aspectRatio: aspectRatio)
        guard var person = people[tracked.track] else {
            people[tracked.track] = Person(
                samples: [sample], firstSeen: now, nextPrediction: now + settings.warmUp.inSeconds,
                segmenter: ActionSegmenter(
                    settings: settings, silent: model.classes.firstIndex(of: ActionModel.nothing),
                    lookBack: model.description.sampling.lookBack, firstSeen: now))
            return false
        }
        guard let last = person.samples.last, now > last.time else { return false }
        // Out of the dictionary while it changes, so that its samples are not copied.
        people[tracked.track] = nil
        person.samples.append(sample)
        let keep = now - model.description.sampling.seconds - 0.5
        if let first = person.samples.first, first.time < keep - 2 {
            person.samples.removeSubrange(..<(person.samples.firstIndex { $0.time >= keep } ?? 0))
        }
        let isDue = now >= person.nextPrediction - 1e-6
        if isDue {
            person.nextPrediction += settings.hop.inSeconds
            if person.nextPrediction <= now { person.nextPrediction = now + settings.hop.inSeconds }
        }
        people[tracked.track] = person
        return isDue
    }

    private mutating func change(
        _ report: ActionSegmenter.Report, _ track: TrackID, frame: Int, at time: Duration
    ) -> SegmentChange {
        switch report {
        case .begin(let label, let confidence, let start):
            segments += 1
            let segment = (segments, model.classes[label], Duration.seconds(start))
            people[track]?.segment = segment
            return SegmentChange(
                phase: .begin, track: track, label: segment.1, confidence: confidence, segment: segment.0,
                frame: frame, presentationTime: time, start: segment.2)
        case .update(let label, let confidence):
            guard var segment = people[track]?.segment else { preconditionFailure("a segment was begun before") }
            segment.label = model.classes[label]
            people[track]?.segment = segment
            return SegmentChange(
                phase: .update, track: track, label: segment.label, confidence: confidence, segment: segment.number,
                frame: frame, presentationTime: time, start: segment.start)
        case .end(let confidence, let end):
            guard let segment = people[track]?.segment else { preconditionFailure("a segment was begun before") }
            people[track]?.segment = nil
            return SegmentChange(
                phase: .end, track: track, label: segment.label, confidence: confidence, segment: segment.number,
                frame: frame, presentationTime: time, start: segment.start, end: .seconds(end), reason: .completed)
        }
    }
}

extension Pose {
    /// Whether any joint at all was seen.
    fileprivate var hasPoints: Bool {
        keypoints.contains { $0 != nil } || worldPoints.contains { $0 != nil }
    }
}
