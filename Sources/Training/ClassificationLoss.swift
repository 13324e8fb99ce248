import Foundation

/// Cross entropy with label smoothing (Szegedy et al. 2016).
package struct ClassificationLoss: Sendable {
    package let smoothing: Float

    package init(smoothing: Float) { self.smoothing = smoothing }

    /// - Parameters:
    ///   - logits: (N, classes).
    ///   - labels: the true class of each clip.
    /// - Returns: the mean loss, its gradient with respect to the logits, and how many clips the logits have right.
    package func evaluate(
        _ logits: [Float], labels: [Int]
    ) -> (loss: Double, gradient: [Float], correct: Int) {
        let classes = logits.count / labels.count
        var gradient = logits
        var loss = 0.0
        var correct = 0
        let share = smoothing / Float(classes)
        for (clip, label) in labels.enumerated() {
            let row = clip * classes..<(clip + 1) * classes
            let top = logits[row].max() ?? 0
            let logSum = top + Foundation.log(logits[row].reduce(Float(0)) { $0 + Foundation.exp($1 - top) })
            if logits[row.lowerBound + label] == top { correct += 1 }
            for (index, place) in row.enumerated() {
                let wanted = share + (index == label ? 1 - smoothing : 0)
                let logProbability = logits[place] - logSum
                loss -= Double(wanted * logProbability)
                gradient[place] = (Foundation.exp(logProbability) - wanted) / Float(labels.count)
            }
        }
        return (loss / Double(labels.count), gradient, correct)
    }
}
