import Foundation

/// Cross entropy with label smoothing (Szegedy et al. 2016).
package struct ClassificationLoss: Sendable {
    package let smoothing: Float

    package init(smoothing: Float) { self.smoothing = smoothing }

    /// - Parameters:
    ///   - logits: (rows, classes): a row for each clip, or for each output frame of each clip.
    ///   - labels: the true class of each row.
    ///   - weights: how much each row counts, at least 0; a row of weight 0 is left out, whatever its label. All count
    ///     the same when nil.
    /// - Returns: the weighted mean of the loss, 0 when nothing counts; its gradient with respect to the logits; and how
    ///   many of the rows that count the logits have right.
    package func evaluate(
        _ logits: [Float], labels: [Int], weights: [Float]? = nil
    ) -> (loss: Double, gradient: [Float], correct: Int) {
        precondition(weights == nil || weights?.count == labels.count, "a weight for each row")
        let classes = logits.count / labels.count
        let total = weights?.reduce(0, +) ?? Float(labels.count)
        var gradient = [Float](repeating: 0, count: logits.count)
        guard total > 0 else { return (0, gradient, 0) }
        var loss = 0.0
        var correct = 0
        let share = smoothing / Float(classes)
        for (item, label) in labels.enumerated() {
            let weight = (weights?[item] ?? 1) / total
            guard weight > 0 else { continue }
            let row = item * classes..<(item + 1) * classes
            let top = logits[row].max() ?? 0
            let logSum = top + Foundation.log(logits[row].reduce(Float(0)) { $0 + Foundation.exp($1 - top) })
            if logits[row.lowerBound + label] == top { correct += 1 }
            for (index, place) in row.enumerated() {
                let wanted = share + (index == label ? 1 - smoothing : 0)
                let logProbability = logits[place] - logSum
                loss -= Double(weight * wanted * logProbability)
                gradient[place] = weight * (Foundation.exp(logProbability) - wanted)
            }
        }
        return (loss, gradient, correct)
    }
}
