/// How far confidences are from the share of guesses that are right: the expected calibration error (Guo et al. 2017).
package struct CalibrationError: Sendable {
    private var bins: [(count: Int, confidence: Double, correct: Int)]

    /// - Parameter bins: of equal width over 0…1.
    package init(bins: Int = 15) {
        self.bins = [(count: Int, confidence: Double, correct: Int)](repeating: (0, 0, 0), count: bins)
    }

    package mutating func add(confidence: Float, isCorrect: Bool) {
        let bin = max(0, min(bins.count - 1, Int(confidence * Float(bins.count))))
        bins[bin].count += 1
        bins[bin].confidence += Double(confidence)
        bins[bin].correct += isCorrect ? 1 : 0
    }

    /// Takes in what another one counted over as many bins.
    package mutating func add(_ other: CalibrationError) {
        precondition(bins.count == other.bins.count, "bins of equal width")
        for index in bins.indices {
            bins[index].count += other.bins[index].count
            bins[index].confidence += other.bins[index].confidence
            bins[index].correct += other.bins[index].correct
        }
    }

    /// The share of guesses that are right, and what their confidences promise; nil when nothing was added.
    package var accuracy: Double? { count > 0 ? Double(bins.reduce(0) { $0 + $1.correct }) / Double(count) : nil }
    package var confidence: Double? { count > 0 ? bins.reduce(0) { $0 + $1.confidence } / Double(count) : nil }

    package var count: Int { bins.reduce(0) { $0 + $1.count } }

    /// 0…1; nil when nothing was added.
    package var value: Double? {
        guard count > 0 else { return nil }
        return bins.reduce(0) { $0 + abs($1.confidence - Double($1.correct)) } / Double(count)
    }
}
