import Foundation
import Inference
package import Skeleton

/// Recognises with an imported network: each person, or each of their hands, is shown to it over and over through the
/// window it was trained on. There is no prediction before a window is full.
package struct ImportedActionRecogniser: ActionRecognising {
    /// Whom a window shows.
    private struct Subject: WatchedSubject {
        let track: TrackID
        /// Nil for the body.
        var side: HandPose.Side?

        static func < (a: Self, b: Self) -> Bool {
            (a.track, a.side?.rawValue ?? "") < (b.track, b.side?.rawValue ?? "")
        }
    }

    package private(set) var complaint: String?
    private let model: ImportedActionModel
    private let settings = ActionRecogniserSettings()
    private var input: ImportedInput
    private let workspace: ClipWorkspace
    /// The logits of a clip in which nobody is, for networks that see two people at a time.
    private var emptyLogits: [Float]?
    private var windows: [Subject: SampleWindow<ImportedInput.Sample>] = [:]
    private var watched: SegmentBook<Subject>

    /// Clips that go through the network at once.
    private static let batch = 4

    package init(model: ImportedActionModel) {
        self.model = model
        input = ImportedInput(model)
        let settings = settings
        watched = SegmentBook(classes: model.classes, longestGap: settings.longestGap) {
            ActionSegmenter(
                settings: settings, silent: model.classes.firstIndex(of: ActionModel.nothing),
                lookBack: model.input.seconds / 2, firstSeen: $0)
        }
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
                for report in watched.step(subject, probabilities, at: now) ?? [] {
                    changes.append(
                        watched.change(report, of: subject, frame: frame.index, at: frame.presentationTime))
                }
            }
            first += batch.count
        }
        return changes
    }

    package mutating func end(
        _ track: TrackID, frame: Int, at time: Duration, reason: EndReason
    ) -> [SegmentChange] {
        watched.subjects.filter { $0.track == track }.compactMap {
            end($0, frame: frame, at: time, reason: reason)
        }
    }

    package mutating func finish(frame: Int, at time: Duration, reason: EndReason) -> [SegmentChange] {
        watched.subjects.compactMap { end($0, frame: frame, at: time, reason: reason) }
    }

    private mutating func end(
        _ subject: Subject, frame: Int, at time: Duration, reason: EndReason
    ) -> SegmentChange? {
        windows[subject] = nil
        return watched.end(subject, frame: frame, at: time, reason: reason)
    }

    private mutating func endForgotten(frame: Int, at time: Duration) -> [SegmentChange] {
        watched.forgotten(at: time).compactMap { end($0, frame: frame, at: time, reason: .trackEnded) }
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
        guard watched.see(subject, at: now) else { return false }
        // Out of the dictionary while it changes, so that its samples are not copied.
        guard var window = windows.removeValue(forKey: subject) else {
            windows[subject] = SampleWindow(
                sample, seconds: model.input.seconds, warmUp: model.input.seconds, hop: settings.hop)
            return false
        }
        defer { windows[subject] = window }
        return window.append(sample)
    }

    private func probabilities(of subjects: [Subject], endingAt now: Double) -> [[Float]] {
        let network = workspace.network
        let size = network.clipFrames * network.joints * network.inputChannels
        return workspace.run(count: subjects.count) { clips in
            for (index, subject) in subjects.enumerated() {
                input.write(
                    windows[subject]?.samples ?? [], endingAt: now, frames: network.clipFrames,
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
}
