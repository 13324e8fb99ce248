import Foundation
import Inference

/// Watches whole motions with a stream model: what cameras would see of them, several at once. One a thread.
package final class StreamClassifier {
    package let model: ActionModel
    private let stepper: StreamStepper
    /// The most motions that go through the network at once.
    private static let atOnce = 32

    package init(model: ActionModel) {
        precondition(model.description.sampling.span == .stream, "a model that takes frame after frame")
        self.model = model
        stepper = StreamStepper(model: model)
    }

    /// What a model makes of a motion at one moment.
    package struct Prediction: Sendable, Equatable {
        /// Of the sample that led to it, in seconds.
        package let time: Double
        /// What it speaks of, in seconds.
        package let moment: Double
        /// In the order of the model's classes.
        package let probabilities: [Float]
    }

    /// For each motion what the model makes of it, from its first pose to its last.
    ///
    /// - Parameters:
    ///   - motions: each growing in time.
    ///   - progress: called with the number of motions watched.
    package func predictions(
        of motions: [[MotionSample]], progress: (Int) -> Void = { _ in }
    ) -> [[Prediction]] {
        var result = [[Prediction]](repeating: [], count: motions.count)
        for first in stride(from: 0, to: motions.count, by: Self.atOnce) {
            watchTogether(motions, first..<min(first + Self.atOnce, motions.count), into: &result)
            progress(min(first + Self.atOnce, motions.count))
        }
        return result
    }

    private func watchTogether(_ motions: [[MotionSample]], _ range: Range<Int>, into result: inout [[Prediction]]) {
        let lookBack = model.lookBack
        var viewers = range.compactMap { index in
            motions[index].first.map { (index: index, taken: 1, person: stepper.person($0)) }
        }
        while true {
            for place in viewers.indices.reversed() {
                let samples = motions[viewers[place].index]
                while !viewers[place].person.isDue, viewers[place].taken < samples.count {
                    viewers[place].person.take(samples[viewers[place].taken])
                    viewers[place].taken += 1
                }
                if !viewers[place].person.isDue { stepper.release(viewers.remove(at: place).person) }
            }
            guard !viewers.isEmpty else { return }
            stepper.step(count: viewers.count) { place, frame in
                (viewers[place].person.next(into: frame), viewers[place].person)
            } read: { place, time, probabilities in
                result[viewers[place].index].append(
                    Prediction(time: time, moment: time - lookBack, probabilities: probabilities))
            }
        }
    }

    /// Probabilities of the classes for a recording as a whole, in which one thing is done: from the mean over its moments
    /// of the classes' log-probabilities. Of `nothing` only where there is nothing else nearly throughout.
    ///
    /// - Parameter samples: at least one, growing in time.
    package func probabilities(ofRecording samples: [MotionSample]) -> [Float] {
        var samples = samples
        if var last = samples.last, let first = samples.first {
            // What is shorter than the network's delay is held, so that there is something to say of it.
            let least = first.time + (Double(model.network.continual.warmUp) + 0.5) * model.description.sampling.period
            if last.time < least {
                last.time = least
                samples.append(last)
            }
        }
        let rows = predictions(of: [samples])[0].map(\.probabilities)
        let silent = model.classes.firstIndex(of: ActionModel.nothing)
        var sums = model.classes.indices.map { index in
            index == silent ? -Float.infinity : rows.reduce(0) { $0 + max(-12, Foundation.log($1[index])) }
        }
        for index in sums.indices { sums[index] /= Float(max(1, rows.count)) }
        var result = [Float](repeating: 0, count: sums.count)
        Softmax.apply(sums[...], temperature: 1, into: &result)
        guard let silent else { return result }
        // A moment's doubt is no action: nine tenths of the recording have to say so.
        let silence = rows.map { $0[silent] }.sorted()
        let share = silence.isEmpty ? 0 : silence[silence.count / 10]
        guard share > 0.5 else { return result }
        for index in result.indices { result[index] *= 1 - share }
        result[silent] = share
        return result
    }
}
