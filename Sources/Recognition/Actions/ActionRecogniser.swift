package import Skeleton

/// Says what each person in a stream of skeletons is doing, as segments that begin, are updated and end.
///
/// A stream model steps each person on with a memory of their own, a window model classifies the last seconds of motion at
/// every hop; either way those who are due go through the network together. Nothing is said of a person before the model
/// has seen enough of them. The same frames give the same segments.
///
/// It is owned by one task and not copied while it watches: what the network remembers of people is shared between copies.
package struct ActionRecogniser {
    package let model: ActionModel
    package let settings: ActionRecogniserSettings
    /// What the model made of the last frame: in order of the moments it speaks of, then of track ids. A person whom the
    /// frame made due more than once has several.
    package private(set) var predictions: [ActionPrediction] = []
    private var predictor: any ActionPredictor
    private var people: SegmentBook<TrackID>
    private var samplers: [SkeletonTopology: MotionSampler] = [:]

    /// Recognisers made with the same stream model, for several cameras, step their people through the network together.
    ///
    /// - Parameter settings: those that suit the model when nil.
    package init(model: ActionModel, settings: ActionRecogniserSettings? = nil) {
        let settings = settings ?? ActionRecogniserSettings(for: model)
        self.model = model
        self.settings = settings
        people = SegmentBook(classes: model.classes, longestGap: settings.longestGap) {
            model.segmenter(settings: settings, firstSeen: $0)
        }
        predictor =
            model.description.sampling.span == .stream
            ? StreamPredictor(model: model) : WindowPredictor(model: model, settings: settings)
    }

    /// Takes in the people of one frame; what begins, goes on and ends, in the order of the predictions that told.
    ///
    /// A person whose last pose lies longer ago than `settings.longestGap` ends their segment; their next pose starts anew.
    package mutating func update(_ frame: SkeletonFrame) -> [SegmentChange] {
        let now = frame.presentationTime.inSeconds
        predictions.removeAll(keepingCapacity: true)
        var changes = endForgotten(frame: frame.index, at: frame.presentationTime)
        for person in frame.people where person.pose.hasPoints {
            take(person, at: now, aspectRatio: frame.aspectRatio)
        }
        let lookBack = model.lookBack
        var reports: [(track: TrackID, report: ActionSegmenter.Report)] = []
        predictor.predict(at: now) { track, time, probabilities in
            guard let found = people.step(track, probabilities, at: time) else { return }
            predictions.append(
                ActionPrediction(track: track, moment: .seconds(time - lookBack), probabilities: probabilities))
            for report in found { reports.append((track, report)) }
        }
        for (track, report) in reports {
            changes.append(people.change(report, of: track, frame: frame.index, at: frame.presentationTime))
        }
        return changes
    }

    /// Forgets a person who has gone; ends their segment if one is open.
    package mutating func end(
        _ track: TrackID, frame: Int, at time: Duration, reason: EndReason
    ) -> [SegmentChange] {
        predictor.forget(track)
        return people.end(track, frame: frame, at: time, reason: reason).map { [$0] } ?? []
    }

    /// Ends every open segment, in the order of track ids.
    package mutating func finish(frame: Int, at time: Duration, reason: EndReason) -> [SegmentChange] {
        var changes: [SegmentChange] = []
        for track in people.subjects { changes += end(track, frame: frame, at: time, reason: reason) }
        return changes
    }

    private mutating func endForgotten(frame: Int, at time: Duration) -> [SegmentChange] {
        var changes: [SegmentChange] = []
        for track in people.forgotten(at: time) {
            changes += end(track, frame: frame, at: time, reason: .trackEnded)
        }
        return changes
    }

    /// Adds a pose to what is known of a person.
    private mutating func take(_ tracked: TrackedPose, at now: Double, aspectRatio: Float?) {
        let track = tracked.track
        guard people.see(track, at: now) else { return }
        let topology = tracked.pose.topology
        let sampler = samplers[topology] ?? MotionSampler(topology: topology)
        samplers[topology] = sampler
        predictor.take(sampler.sample(tracked.pose, at: now, aspectRatio: aspectRatio), of: track)
    }
}

extension Pose {
    /// Whether any joint at all was seen.
    fileprivate var hasPoints: Bool {
        keypoints.contains { $0 != nil } || worldPoints.contains { $0 != nil }
    }
}
