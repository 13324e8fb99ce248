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
        var predictions: [(truth: Int, guess: Int, confidence: Float)] = []
        var held = 0
        for first in stride(from: 0, to: recordings.count, by: Self.atOnce) {
            let batch = recordings[first..<min(first + Self.atOnce, recordings.count)]
            let subjects = batch.flatMap { recording in recording.subjects.map { (recording, $0.side, $0.samples) } }
            let found = classifier.predictions(of: subjects.map(\.2))
            for (subject, predictions) in zip(subjects, found) {
                for prediction in predictions { read(subject.0, subject.1, prediction) }
            }
            var next = 0
            for recording in batch {
                let own = next..<next + recording.subjects.count
                next = own.upperBound
                if found[own].allSatisfy(\.isEmpty) { held += 1 }
                let probabilities = classifier.probabilities(
                    ofRecording: recording.subjects.map(\.samples), with: Array(found[own]))
                let guess = probabilities.indices.max { probabilities[$0] < probabilities[$1] } ?? 0
                predictions.append((model.classes.firstIndex(of: recording.label) ?? 0, guess, probabilities[guess]))
            }
            progress(first + batch.count)
        }
        self.init(classes: model.classes, predictions: predictions)
        self.held = held
    }

    /// Classifies clips that are in memory for a training.
    package init(model: ActionModel, motions: [LabelledMotion]) throws(TrainingError) {
        try self.init(model: model, recordings: motions.map(LabelledRecording.init))
    }

    /// The most recordings that are watched at once.
    private static let atOnce = 32

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
    package init(classes: [String], predictions: [(truth: Int, guess: Int, confidence: Float)]) {
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
