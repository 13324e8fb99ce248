package import Skeleton

/// Says what each person in a stream of skeletons is doing, as segments that begin, are updated and end.
///
/// Everybody is stepped on at the model's cadence with a memory of their own; those who are due go through the networks
/// together. Nothing is said of a person before the model has seen enough of them. The same frames give the same segments.
///
/// It is owned by one task and not copied while it watches: what the networks remember of people is shared between copies.
package struct ActionRecogniser {
    /// Whom it watches: a person's body, or one of their hands.
    private struct Subject: Hashable, Comparable {
        let track: TrackID
        let side: HandPose.Side?

        static func < (a: Self, b: Self) -> Bool {
            (a.track, a.side?.rawValue ?? "") < (b.track, b.side?.rawValue ?? "")
        }
    }

    /// One subject on their way through the model, and what they are doing.
    private struct Watched {
        var steps: SubjectSteps
        var segmenter: ActionSegmenter
        var segment: (number: Int, label: String, start: Duration)?
    }

    package let model: ActionModel
    package let settings: ActionRecogniserSettings
    /// What the model made of the last frame: in order of the moments it speaks of, then of track ids. A person whom the
    /// frame made due more than once has several.
    package private(set) var predictions: [ActionPrediction] = []
    private let stepper: ActionStepper
    private var sampler: ActionSampler
    private var watched: [Subject: Watched] = [:]
    private var due: [Subject] = []
    /// Segments begun so far, which are numbered from 1.
    private var segments = 0

    /// Recognisers made with the same model, for several cameras, step their people through the networks together.
    ///
    /// - Parameter settings: those that suit the model when nil.
    package init(model: ActionModel, settings: ActionRecogniserSettings? = nil) {
        self.model = model
        self.settings = settings ?? ActionRecogniserSettings(for: model)
        stepper = ActionStepper(model: model, batcher: model.batcher)
        sampler = ActionSampler(model.input)
    }

    /// Why nothing can be made of the people seen so far, in words; nil when something can.
    package var complaint: String? {
        sampler.unusable.map {
            "\(model.identifier) sees joints in the picture, which poses of \($0.name) in space alone do not have"
        }
    }

    /// Takes in the people of one frame; what begins, goes on and ends, in the order of the predictions that told.
    ///
    /// A person whose last pose lies longer ago than `longestGap` ends their segment; their next pose starts anew.
    package mutating func update(_ frame: SkeletonFrame) -> [SegmentChange] {
        let now = frame.presentationTime.inSeconds
        var changes = endForgotten(frame: frame.index, at: frame.presentationTime)
        for person in frame.people {
            for (side, sample) in sampler.samples(of: person.pose, at: now, aspectRatio: frame.aspectRatio) {
                take(sample, of: Subject(track: person.track, side: side))
            }
        }
        stepDue(frame: frame.index, at: frame.presentationTime, into: &changes)
        return changes
    }

    /// Takes in one frame of one person whose pose was sampled for the model's input elsewhere.
    ///
    /// - Parameter samples: of the person, or of each of their hands; none where they are not seen.
    /// - Returns: what `update(_:)` would of the same person alone.
    package mutating func update(
        _ track: TrackID, _ samples: [(side: HandPose.Side?, sample: ActionSample)], frame: Int, at time: Duration
    ) -> [SegmentChange] {
        var changes = endForgotten(frame: frame, at: time)
        for (side, sample) in samples { take(sample, of: Subject(track: track, side: side)) }
        stepDue(frame: frame, at: time, into: &changes)
        return changes
    }

    /// Steps everybody who is due.
    private mutating func stepDue(frame: Int, at now: Duration, into changes: inout [SegmentChange]) {
        predictions.removeAll(keepingCapacity: true)
        due.sort()
        // Where poses come slower than the model's frames, several are due of one person, one after another.
        while !due.isEmpty {
            stepper.step(count: due.count) { index, features in
                next(of: due[index], into: features)
            } read: { index, time, probabilities in
                changes += report(probabilities, of: due[index], at: time, frame: frame, now: now)
            }
            due.removeAll { watched[$0]?.steps.isDue != true }
        }
    }

    /// Forgets a person who has gone; ends the segments they have open.
    package mutating func end(
        _ track: TrackID, frame: Int, at time: Duration, reason: EndReason
    ) -> [SegmentChange] {
        end(watched.keys.filter { $0.track == track }, frame: frame, at: time, reason: reason)
    }

    /// Ends every open segment, in the order of track ids.
    package mutating func finish(frame: Int, at time: Duration, reason: EndReason) -> [SegmentChange] {
        end(Array(watched.keys), frame: frame, at: time, reason: reason)
    }

    private mutating func endForgotten(frame: Int, at time: Duration) -> [SegmentChange] {
        let oldest = (time - ActionRecogniserSettings.longestGap).inSeconds
        let gone = watched.filter { $0.value.steps.newest.time < oldest }.map(\.key)
        return end(gone, frame: frame, at: time, reason: .trackEnded)
    }

    private mutating func end(
        _ subjects: [Subject], frame: Int, at time: Duration, reason: EndReason
    ) -> [SegmentChange] {
        subjects.sorted().compactMap { subject in
            let last = watched[subject]?.segment.map { _ in
                change(
                    .end, of: subject, watched[subject]?.segmenter.openConfidence ?? 0,
                    peak: watched[subject]?.segmenter.openPeak, frame: frame, at: time, reason: reason)
            }
            if let gone = watched.removeValue(forKey: subject) { stepper.release(gone.steps) }
            return last
        }
    }

    private mutating func take(_ sample: ActionSample, of subject: Subject) {
        guard let index = watched.index(forKey: subject) else {
            watched[subject] = Watched(
                steps: stepper.subject(sample),
                segmenter: ActionSegmenter(
                    settings: settings, background: model.background, labelDelay: model.labelDelay,
                    firstSeen: sample.time))
            due.append(subject)
            return
        }
        // Who is in a frame twice counts once.
        guard sample.time > watched.values[index].steps.newest.time else { return }
        watched.values[index].steps.take(sample)
        if watched.values[index].steps.isDue { due.append(subject) }
    }

    private mutating func next(
        of subject: Subject, into features: UnsafeMutableBufferPointer<Float>
    ) -> (time: Double, memory: SubjectMemory) {
        guard let index = watched.index(forKey: subject) else { preconditionFailure("who is due is watched") }
        return (watched.values[index].steps.next(into: features), watched.values[index].steps.memory)
    }

    private mutating func report(
        _ probabilities: [Float], of subject: Subject, at time: Double, frame: Int, now: Duration
    ) -> [SegmentChange] {
        predictions.append(
            ActionPrediction(
                track: subject.track, side: subject.side, moment: Duration(clampingSeconds: time - model.labelDelay),
                probabilities: probabilities))
        let reports = watched[subject]?.segmenter.step(probabilities, at: time) ?? []
        return reports.map { change($0, of: subject, frame: frame, at: now) }
    }

    /// A report of a subject's segmenter, as a change of the segment they have open.
    private mutating func change(
        _ report: ActionSegmenter.Report, of subject: Subject, frame: Int, at time: Duration
    ) -> SegmentChange {
        switch report {
        case .begin(let label, let confidence, let start):
            segments += 1
            watched[subject]?.segment = (segments, model.classes[label], Duration(clampingSeconds: start))
            return change(.begin, of: subject, confidence, frame: frame, at: time)
        case .update(let label, let confidence, let peak):
            watched[subject]?.segment?.label = model.classes[label]
            return change(.update, of: subject, confidence, peak: peak, frame: frame, at: time)
        case .end(let confidence, let peak, let end):
            defer { watched[subject]?.segment = nil }
            return change(
                .end, of: subject, confidence, peak: peak, frame: frame, at: time, end: Duration(clampingSeconds: end),
                reason: .completed)
        }
    }

    private func change(
        _ phase: Phase, of subject: Subject, _ confidence: Float, peak: Float? = nil, frame: Int, at time: Duration,
        end: Duration? = nil, reason: EndReason? = nil
    ) -> SegmentChange {
        guard let segment = watched[subject]?.segment else { preconditionFailure("a segment was begun before") }
        return SegmentChange(
            phase,
            of: Segment(
                track: subject.track, label: segment.label, confidence: confidence, start: segment.start, end: end,
                threshold: phase == .begin ? settings.threshold : nil, peak: peak),
            segment: segment.number, frame: frame, presentationTime: time, reason: reason)
    }
}
