import Foundation

/// Logits to probabilities.
enum Softmax {
    /// - Parameter temperature: what logits are divided by first (Guo et al. 2017).
    static func apply(_ logits: ArraySlice<Float>, temperature: Float, into probabilities: inout [Float]) {
        precondition(logits.count == probabilities.count, "a probability for each logit")
        let top = logits.max() ?? 0
        var sum: Float = 0
        for (index, logit) in logits.enumerated() {
            probabilities[index] = Foundation.exp((logit - top) / temperature)
            sum += probabilities[index]
        }
        for index in probabilities.indices { probabilities[index] /= sum }
    }
}
