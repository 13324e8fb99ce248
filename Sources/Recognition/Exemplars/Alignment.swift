/// The best way to lay an exemplar along what one person did so far, ending now: subsequence dynamic time warping
/// (Sakoe and Chiba 1978, Müller 2007), one column a moment.
///
/// A step passes up to three of the exemplar's moments, or stays at one; costs are weighted by the exemplar's moments, so
/// that fast and slow performances compare. Moments that are passed at once all cost what they differ.
struct Alignment: Sendable {
    private var costs: [Float]
    private var starts: [Int]
    private var lastCosts: [Float]
    private var lastStarts: [Int]
    private var distances: [Float]

    /// Exemplar moments one step may pass.
    private static let longestStep = 3
    /// What staying at a moment costs beside passing it.
    private static let stayShare: Float = 0.1
    /// How long a performance may be beside the exemplar.
    private static let lengths: ClosedRange<Float> = 0.3...3

    init(_ exemplar: Exemplar) {
        costs = [Float](repeating: .infinity, count: exemplar.count)
        lastCosts = costs
        distances = costs
        starts = [Int](repeating: 0, count: exemplar.count)
        lastStarts = starts
    }

    /// Forgets every way under way.
    mutating func reset() { for index in costs.indices { costs[index] = .infinity } }

    /// Takes the moment numbered `number`.
    ///
    /// - Returns: the cost of the best whole performance that ends with it, and the number of its first moment; nil where
    ///   there is none of a fitting length.
    mutating func take(_ moment: [Float], number: Int, along exemplar: Exemplar) -> (cost: Float, start: Int)? {
        exemplar.distances(to: moment, into: &distances)
        swap(&costs, &lastCosts)
        swap(&starts, &lastStarts)
        for index in 0..<exemplar.count {
            var passing = price(of: index, exemplar)
            var best = lastCosts[index] + Self.stayShare * passing
            var start = lastStarts[index]
            if index == 0, passing < best { (best, start) = (passing, number) }
            for step in 1...Self.longestStep where index >= step {
                let cost = lastCosts[index - step] + passing
                if cost < best { (best, start) = (cost, lastStarts[index - step]) }
                passing += price(of: index - step, exemplar)
            }
            costs[index] = best
            starts[index] = start
        }
        let last = exemplar.count - 1
        guard costs[last].isFinite else { return nil }
        let length = Float(number - starts[last] + 1) / Float(exemplar.count)
        return Self.lengths.contains(length) ? (costs[last], starts[last]) : nil
    }

    /// What it costs to lay one of the exemplar's moments on the newest; a moment that is not finite ends every way.
    private func price(of index: Int, _ exemplar: Exemplar) -> Float {
        distances[index].isFinite ? exemplar.weights[index] * distances[index] : .infinity
    }
}
