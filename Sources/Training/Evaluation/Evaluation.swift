import Foundation
package import Recognition
package import Skeleton

/// How well a model classifies labelled motions.
package struct Evaluation: Sendable, Codable, Equatable {
    /// Share of clips classified correctly.
    package let top1: Double
    /// Mean over the classes that occur of the share of their clips classified correctly.
    package let meanClass: Double
    /// Rows: true class; columns: predicted class; both in the order of `classes`.
    package let confusion: [[Int]]
    package let classes: [String]
    /// Number of clips.
    package let clips: Int
    /// Expected calibration error over ten bins (Guo et al. 2017).
    package let ece: Double
    package let perClass: [ClassResult]
    /// Of these clips so many are shorter than the network's warm-up: a camera would say nothing of them, here their last
    /// pose was held until there was something to say.
    package private(set) var held = 0
    /// What was measured on which clips, in words.
    package var protocolName: String?

    /// How one class fared.
    package struct ClassResult: Sendable, Codable, Equatable {
        package let name: String
        package let clips: Int
        /// Share of its clips found; 0 when there are none.
        package let recall: Double
        /// Share of clips called so that are; 0 when none are.
        package let precision: Double
    }

    private enum CodingKeys: String, CodingKey {
        case top1, confusion, classes, clips, ece, held
        case meanClass = "mean_class"
        case perClass = "per_class"
        case protocolName = "protocol"
    }

    /// Classifies every recording.
    ///
    /// - Parameters:
    ///   - recordings: their labels are classes of the model.
    ///   - progress: called with the number of recordings done.
    ///   - read: sees every prediction of every recording.
    package init(
        model: ActionModel, recordings: [LabelledRecording], progress: (Int) -> Void = { _ in },
        read: (LabelledRecording, HandPose.Side?, ActionClassifier.Prediction) -> Void = { _, _, _ in }
    ) throws(TrainingError) {
        let strangers = Set(recordings.map(\.label)).subtracting(model.classes).sorted()
        guard strangers.isEmpty else {
            throw TrainingError(
                file: model.name,
                "expected labels among the model's classes, found \(strangers.joined(separator: ", "))")
        }
        let classifier = ActionClassifier(model: model)
        var predictions: [Prediction] = []
        var held = 0
        for first in stride(from: 0, to: recordings.count, by: Self.atOnce) {
            let batch = recordings[first..<min(first + Self.atOnce, recordings.count)]
            let found = Self.classify(Array(batch), by: classifier, read: read)
            predictions += found.predictions
            held += found.held
            progress(first + batch.count)
        }
        self.init(classes: model.classes, predictions: predictions, held: held)
    }

    /// The classes, by their place, that a recording is of and was taken for, and how likely it was said to be that.
    package typealias Prediction = (truth: Int, guess: Int, confidence: Float)

    /// Classifies recordings, at most `atOnce`, whose labels are classes of the model; counts those that had to be held.
    ///
    /// - Parameter known: of those that were watched, by their index, the probabilities of each subject at each moment.
    static func classify(
        _ recordings: [LabelledRecording], by classifier: ActionClassifier, known: [Int: [[[Float]]]] = [:],
        read: (LabelledRecording, HandPose.Side?, ActionClassifier.Prediction) -> Void = { _, _, _ in }
    ) -> (predictions: [Prediction], held: Int) {
        let fresh = recordings.indices.filter { known[$0] == nil }
        let subjects = fresh.flatMap { index in
            recordings[index].subjects.map { (index: index, side: $0.side, samples: $0.samples) }
        }
        var known = known
        for (subject, found) in zip(subjects, classifier.predictions(of: subjects.map(\.samples))) {
            for prediction in found { read(recordings[subject.index], subject.side, prediction) }
            known[subject.index, default: []].append(found.map(\.probabilities))
        }
        let classes = classifier.model.classes
        var predictions: [Prediction] = []
        var held = 0
        for (index, recording) in recordings.enumerated() {
            let rows = known[index] ?? []
            if rows.allSatisfy(\.isEmpty) { held += 1 }
            let probabilities = classifier.probabilities(ofRecording: recording.subjects.map(\.samples), with: rows)
            let guess = probabilities.indices.max { probabilities[$0] < probabilities[$1] } ?? 0
            predictions.append((classes.firstIndex(of: recording.label) ?? 0, guess, probabilities[guess]))
        }
        return (predictions, held)
    }

    /// Classifies clips that are in memory for a training.
    package init(model: ActionModel, motions: [LabelledMotion]) throws(TrainingError) {
        try self.init(model: model, recordings: motions.map(LabelledRecording.init))
    }

    /// The most recordings that are watched at once.
    static let atOnce = 32

    /// Several evaluations over the same classes taken together.
    ///
    /// - Parameter parts: at least one.
    package init(of parts: [Evaluation]) {
        precondition(!parts.isEmpty, "there is something to take together")
        let classes = parts[0].classes
        precondition(parts.allSatisfy { $0.classes == classes }, "evaluations over the same classes")
        let confusion = classes.indices.map { row in
            classes.indices.map { column in parts.reduce(0) { $0 + $1.confusion[row][column] } }
        }
        let total = Double(max(1, parts.reduce(0) { $0 + $1.clips }))
        self.init(
            classes: classes, confusion: confusion,
            ece: parts.reduce(0) { $0 + $1.ece * Double($1.clips) } / total)
        held = parts.reduce(0) { $0 + $1.held }
    }

    /// The figures for predictions that were made elsewhere.
    ///
    /// - Parameter held: of how many the last pose was held.
    package init(classes: [String], predictions: [Prediction], held: Int = 0) {
        var confusion = classes.map { _ in [Int](repeating: 0, count: classes.count) }
        var bins = [(count: Double, confidence: Double, correct: Double)](repeating: (0, 0, 0), count: 10)
        for (truth, guess, confidence) in predictions {
            confusion[truth][guess] += 1
            let bin = max(0, min(9, Int(confidence * 10)))
            bins[bin].count += 1
            bins[bin].confidence += Double(confidence)
            bins[bin].correct += truth == guess ? 1 : 0
        }
        self.init(
            classes: classes, confusion: confusion,
            ece: bins.reduce(0) { $0 + abs($1.confidence - $1.correct) } / Double(max(1, predictions.count)))
        self.held = held
    }

    private init(classes: [String], confusion: [[Int]], ece: Double) {
        let correct = classes.indices.reduce(0) { $0 + confusion[$1][$1] }
        let clips = confusion.reduce(0) { $0 + $1.reduce(0, +) }
        perClass = classes.indices.map { index in
            let clips = confusion[index].reduce(0, +)
            let called = confusion.reduce(0) { $0 + $1[index] }
            return ClassResult(
                name: classes[index], clips: clips,
                recall: clips > 0 ? Double(confusion[index][index]) / Double(clips) : 0,
                precision: called > 0 ? Double(confusion[index][index]) / Double(called) : 0)
        }
        let occurring = perClass.filter { $0.clips > 0 }
        top1 = Double(correct) / Double(max(1, clips))
        meanClass = occurring.reduce(0) { $0 + $1.recall } / Double(max(1, occurring.count))
        self.ece = ece
        self.clips = clips
        self.classes = classes
        self.confusion = confusion
    }

    /// One JSON object on one line, keys sorted.
    package var json: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(self) else { preconditionFailure("figures are finite") }
        return String(decoding: data, as: UTF8.self)
    }
}
