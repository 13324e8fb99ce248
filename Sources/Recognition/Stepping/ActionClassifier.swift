import Inference

/// Steps recordings through a model, several at once: it is told of them what a camera would be. One a thread.
package final class ActionClassifier {
    package let model: ActionModel
    private let stepper: ActionStepper
    /// The most recordings that go through the networks at once.
    private static let atOnce = 32

    package init(model: ActionModel) {
        self.model = model
        stepper = ActionStepper(model: model)
    }

    /// What a model makes of a recording at one moment.
    package struct Prediction: Sendable, Equatable {
        /// Of the frame that led to it, in seconds.
        package let time: Double
        /// What it speaks of, in seconds.
        package let moment: Double
        /// In the order of the model's classes.
        package let probabilities: [Float]
    }

    /// For each recording of one subject what the model makes of it, from the first pose to the last.
    ///
    /// - Parameters:
    ///   - recordings: each growing in time.
    ///   - progress: called with the number of recordings watched.
    package func predictions(
        of recordings: [[ActionSample]], progress: (Int) -> Void = { _ in }
    ) -> [[Prediction]] {
        var result = [[Prediction]](repeating: [], count: recordings.count)
        for first in stride(from: 0, to: recordings.count, by: Self.atOnce) {
            watchTogether(recordings, first..<min(first + Self.atOnce, recordings.count), into: &result)
            progress(min(first + Self.atOnce, recordings.count))
        }
        return result
    }

    private func watchTogether(
        _ recordings: [[ActionSample]], _ range: Range<Int>, into result: inout [[Prediction]]
    ) {
        let labelDelay = model.labelDelay
        var viewers = range.compactMap { index in
            recordings[index].first.map { (index: index, taken: 1, subject: stepper.subject($0)) }
        }
        while true {
            for place in viewers.indices.reversed() {
                let samples = recordings[viewers[place].index]
                while !viewers[place].subject.isDue, viewers[place].taken < samples.count {
                    viewers[place].subject.take(samples[viewers[place].taken])
                    viewers[place].taken += 1
                }
                if !viewers[place].subject.isDue { stepper.release(viewers.remove(at: place).subject) }
            }
            guard !viewers.isEmpty else { return }
            stepper.step(count: viewers.count) { place, frame in
                (viewers[place].subject.next(into: frame), viewers[place].subject.memory)
            } read: { place, time, probabilities in
                result[viewers[place].index].append(
                    Prediction(time: time, moment: time - labelDelay, probabilities: probabilities))
            }
        }
    }

    /// Probabilities of the classes for each recording as a whole, in which one thing is done.
    package func probabilities(of recordings: [[ActionSample]]) -> [[Float]] {
        zip(recordings, predictions(of: recordings)).map { recording, found in
            probabilities(ofRecording: [recording], with: [found.map(\.probabilities)])
        }
    }

    /// The same of one recording of one or several subjects, of whom it is known what the model makes of them.
    ///
    /// - Parameter known: for each subject the probabilities at each moment.
    package func probabilities(ofRecording subjects: [[ActionSample]], with known: [[[Float]]]) -> [Float] {
        var rows = known.flatMap { $0 }
        // What is shorter than the networks' warm-up is held, so that there is something to say of it.
        if rows.isEmpty { rows = predictions(of: subjects.map(held)).flatMap { $0.map(\.probabilities) } }
        return overall(rows)
    }

    private func held(_ samples: [ActionSample]) -> [ActionSample] {
        guard let last = samples.last else { return [] }
        let period = min(model.input.period, 0.5)
        let seconds = Double(model.networks[0].warmUp) * model.input.period
        return samples + (1...Int(seconds / period) + 1).map { last.held(until: last.time + Double($0) * period) }
    }

    /// The probabilities of a recording: the mean of those of its moments.
    private func overall(_ rows: [[Float]]) -> [Float] {
        model.classes.indices.map { index in rows.reduce(0) { $0 + $1[index] } / Float(max(1, rows.count)) }
    }
}
