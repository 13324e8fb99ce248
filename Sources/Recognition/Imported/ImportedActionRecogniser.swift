import Foundation
import Inference
package import Skeleton

/// Recognises with an imported network: each person, or each of their hands, is shown to it over and over through the
/// window it was trained on. There is no prediction before a window is full.
package struct ImportedActionRecogniser: ActionRecognising {
    /// Whom a window shows.
    private struct Subject: Hashable, Comparable {
        let track: TrackID
        /// Nil for the body.
        var side: HandPose.Side?

        static func < (a: Self, b: Self) -> Bool {
            (a.track, a.side?.rawValue ?? "") < (b.track, b.side?.rawValue ?? "")
        }
    }

    private struct Watched {
        var samples: [ImportedInput.Sample]
        var nextPrediction: Double
        var segmenter: ActionSegmenter
        var segment: (number: Int, label: String, start: Duration)?
    }

    package private(set) var complaint: String?
    private let model: ImportedActionModel
    private let settings = ActionRecogniserSettings()
    private var input: ImportedInput
    private let workspace: ClipWorkspace
    /// The logits of a clip in which nobody is, for networks that see two people at a time.
    private var emptyLogits: [Float]?
    private var watched: [Subject: Watched] = [:]
    private var segments = 0

    /// Clips that go through the network at once.
    private static let batch = 4

    package init(model: ImportedActionModel) {
        self.model = model
        input = ImportedInput(model)
        workspace = ClipWorkspace(network: model.imported.network, clips: Self.batch)
        guard model.input.people == 2 else { return }
        emptyLogits = workspace.run(count: 1) {
            for i in $0.indices { $0[i] = 0 }
        } read: { logits, _ in
            Array(logits[0])
        }
    }

    package mutating func update(_ frame: SkeletonFrame) -> [SegmentChange] {
        let now = frame.presentationTime.inSeconds
        var changes = endForgotten(frame: frame.index, at: frame.presentationTime)
        var due: [Subject] = []
        for person in frame.people {
            for (subject, sample) in samples(of: person, at: now) where take(sample, of: subject, at: now) {
                due.append(subject)
            }
        }
        due.sort()
        var first = 0
        while first < due.count {
            let batch = Array(due[first..<min(first + Self.batch, due.count)])
            for (subject, probabilities) in zip(batch, self.probabilities(of: batch, endingAt: now)) {
                let reports = watched[subject]?.segmenter.step(probabilities, at: now) ?? []
                changes += reports.map { change($0, subject, frame: frame.index, at: frame.presentationTime) }
            }
            first += batch.count
        }
        return changes
    }

    package mutating func end(
        _ track: TrackID, frame: Int, at time: Duration, reason: EndReason
    ) -> [SegmentChange] {
        watched.keys.filter { $0.track == track }.sorted().compactMap {
            end($0, frame: frame, at: time, reason: reason)
        }
    }

    package mutating func finish(frame: Int, at time: Duration, reason: EndReason) -> [SegmentChange] {
        watched.keys.sorted().compactMap { end($0, frame: frame, at: time, reason: reason) }
    }

    private mutating func end(
        _ subject: Subject, frame: Int, at time: Duration, reason: EndReason
    ) -> SegmentChange? {
        guard let person = watched.removeValue(forKey: subject), let segment = person.segment else { return nil }
        return SegmentChange(
            phase: .end, track: subject.track, label: segment.label, confidence: person.segmenter.openConfidence ?? 0,
            segment: segment.number, frame: frame, presentationTime: time, start: segment.start, reason: reason)
    }

    private mutating func endForgotten(frame: Int, at time: Duration) -> [SegmentChange] {
        let oldest = (time - settings.longestGap).inSeconds
        return watched.filter { ($0.value.samples.last?.time ?? oldest) < oldest }.keys.sorted()
            .compactMap { end($0, frame: frame, at: time, reason: .trackEnded) }
    }

    /// What the network is shown of a person in this frame.
    private mutating func samples(of person: TrackedPose, at now: Double) -> [(Subject, ImportedInput.Sample)] {
        if model.looksAtHands {
            return person.pose.hands.map {
                (Subject(track: person.track, side: $0.side), input.hand($0, at: now))
            }
        }
        if let sample = input.body(person.pose, at: now) { return [(Subject(track: person.track), sample)] }
        if person.pose.keypoints.isEmpty, !person.pose.worldPoints.isEmpty {
            complaint =
                "\(model.identifier) sees joints in the picture, which poses of \(person.pose.topology.name) "
                + "in space alone do not have"
        }
        return []
    }

    /// Adds what was seen of a subject; true when a prediction is due.
    private mutating func take(_ sample: ImportedInput.Sample, of subject: Subject, at now: Double) -> Bool {
        guard var person = watched.removeValue(forKey: subject) else {
            watched[subject] = Watched(
                samples: [sample], nextPrediction: now + model.input.seconds,
                segmenter: ActionSegmenter(
                    settings: settings, silent: model.classes.firstIndex(of: ActionModel.nothing),
                    lookBack: model.input.seconds / 2, firstSeen: now))
            return false
        }
        defer { watched[subject] = person }
        guard let last = person.samples.last, now > last.time else { return false }
        person.samples.append(sample)
        let keep = now - model.input.seconds - 0.5
        // Now and then rather than in every frame, since it moves all samples.
        if person.samples[0].time < keep - 2 {
            person.samples.removeSubrange(..<(person.samples.firstIndex { $0.time >= keep } ?? 0))
        }
        guard now >= person.nextPrediction - 1e-6 else { return false }
        person.nextPrediction += settings.hop.inSeconds
        if person.nextPrediction <= now { person.nextPrediction = now + settings.hop.inSeconds }
        return true
    }

    private func probabilities(of subjects: [Subject], endingAt now: Double) -> [[Float]] {
        let network = workspace.network
        let size = network.clipFrames * network.joints * network.inputChannels
        return workspace.run(count: subjects.count) { clips in
            for (index, subject) in subjects.enumerated() {
                input.write(
                    watched[subject]?.samples ?? [], endingAt: now, frames: network.clipFrames,
                    into: UnsafeMutableBufferPointer(rebasing: clips[index * size..<(index + 1) * size]))
            }
        } read: { logits, _ in
            subjects.indices.map { probabilities(Array(logits[$0])) }
        }
    }

    /// Of the classes; outputs of one name are added.
    private func probabilities(_ logits: [Float]) -> [Float] {
        var logits = logits
        if let emptyLogits { for i in logits.indices { logits[i] = (logits[i] + emptyLogits[i]) / 2 } }
        let top = logits.max() ?? 0
        var probabilities = [Float](repeating: 0, count: model.classes.count)
        var sum: Float = 0
        for (output, logit) in logits.enumerated() {
            let power = Foundation.exp(logit - top)
            probabilities[model.classOfOutput[output]] += power
            sum += power
        }
        // Weights may be finite and their sums not: then nothing is known.
        guard sum.isFinite, sum > 0 else { return [Float](repeating: 0, count: probabilities.count) }
        return probabilities.map { $0 / sum }
    }

    private mutating func change(
        _ report: ActionSegmenter.Report, _ subject: Subject, frame: Int, at time: Duration
    ) -> SegmentChange {
        func made(
            _ phase: Phase, _ segment: (number: Int, label: String, start: Duration)?, _ confidence: Float,
            end: Duration? = nil
        ) -> SegmentChange {
            guard let segment else { preconditionFailure("a segment was begun before") }
            return SegmentChange(
                phase: phase, track: subject.track, label: segment.label, confidence: confidence,
                segment: segment.number, frame: frame, presentationTime: time, start: segment.start, end: end,
                reason: phase == .end ? .completed : nil)
        }
        switch report {
        case .begin(let label, let confidence, let start):
            segments += 1
            watched[subject]?.segment = (segments, model.classes[label], .seconds(start))
            return made(.begin, watched[subject]?.segment, confidence)
        case .update(let label, let confidence):
            watched[subject]?.segment?.label = model.classes[label]
            return made(.update, watched[subject]?.segment, confidence)
        case .end(let confidence, let end):
            let segment = watched[subject]?.segment
            watched[subject]?.segment = nil
            return made(.end, segment, confidence, end: .seconds(end))
        }
    }
}
