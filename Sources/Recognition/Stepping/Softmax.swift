import Foundation

/// Logits to probabilities; all zero where the logits are not finite: weights may be and their sums not, and then nothing
/// is known.
enum Softmax {
    /// - Parameter temperature: what logits are divided by first (Guo et al. 2017).
    static func apply(_ logits: some Collection<Float>, temperature: Float, into probabilities: inout [Float]) {
        precondition(logits.count == probabilities.count, "a probability for each logit")
        let top = logits.max() ?? 0
        var sum: Float = 0
        for (index, logit) in logits.enumerated() {
            probabilities[index] = Foundation.exp((logit - top) / temperature)
            sum += probabilities[index]
        }
        let isKnown = sum.isFinite && sum > 0
        for index in probabilities.indices { probabilities[index] = isKnown ? probabilities[index] / sum : 0 }
    }

    /// The same, in an array of its own.
    static func probabilities(of logits: some Collection<Float>, temperature: Float) -> [Float] {
        var probabilities = [Float](repeating: 0, count: logits.count)
        apply(logits, temperature: temperature, into: &probabilities)
        return probabilities
    }
}
