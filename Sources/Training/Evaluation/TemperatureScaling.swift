import Foundation
package import Recognition

/// Finds the temperature at which a model's probabilities mean what they say (Guo et al. 2017).
package enum TemperatureScaling {
    /// The temperature that makes the true classes of these predictions most likely, between 0.25 and 8.
    ///
    /// - Parameters:
    ///   - probabilities: one row a prediction, made at temperature 1.
    ///   - labels: the true class of each.
    package static func fit(_ probabilities: [[Float]], labels: [Int]) -> Float {
        guard !labels.isEmpty else { return 1 }
        let logits = probabilities.map { row in row.map { Double(Foundation.log(max($0, 1e-12))) } }
        func cost(_ exponent: Double) -> Double {
            let temperature = Foundation.exp(exponent)
            return zip(logits, labels).reduce(0) { sum, item in
                let scaled = item.0.map { $0 / temperature }
                let top = scaled.max() ?? 0
                return sum + top + Foundation.log(scaled.reduce(0) { $0 + Foundation.exp($1 - top) }) - scaled[item.1]
            }
        }
        // The cost has one valley along the logarithm of the temperature: golden-section search (Kiefer 1953).
        let ratio = (5.0.squareRoot() - 1) / 2
        var (low, high) = (Foundation.log(0.25), Foundation.log(8.0))
        var (left, right) = (high - ratio * (high - low), low + ratio * (high - low))
        var (leftCost, rightCost) = (cost(left), cost(right))
        for _ in 0..<40 {
            if leftCost < rightCost {
                (high, right, rightCost) = (right, left, leftCost)
                left = high - ratio * (high - low)
                leftCost = cost(left)
            } else {
                (low, left, leftCost) = (left, right, rightCost)
                right = low + ratio * (high - low)
                rightCost = cost(right)
            }
        }
        return Float(Foundation.exp((low + high) / 2))
    }

    /// The temperature for a model made at temperature 1, from clips it was not trained on, frame by frame.
    package static func fit(_ model: ActionModel, on motions: [LabelledMotion]) -> Float {
        let motions = motions.filter { model.classes.contains($0.label) }
        let predictions = ActionClassifier(model: model).predictions(
            of: motions.map { $0.samples.map(ActionSample.motion) })
        var probabilities: [[Float]] = []
        var labels: [Int] = []
        for (motion, found) in zip(motions, predictions) {
            guard let label = model.classes.firstIndex(of: motion.label) else { continue }
            probabilities += found.map(\.probabilities)
            labels += [Int](repeating: label, count: found.count)
        }
        return fit(probabilities, labels: labels)
    }
}
