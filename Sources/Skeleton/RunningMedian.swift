/// The median of the latest measurements of something that should not change, and how far they spread.
package struct RunningMedian: Sendable {
    private let capacity: Int
    private var recent: [Float] = []
    private var sorted: [Float] = []
    private var next = 0

    /// - Parameter capacity: how many measurements are remembered.
    package init(capacity: Int = 45) {
        precondition(capacity > 0, "a median is of something")
        self.capacity = capacity
    }

    /// How many measurements it rests on, at most the capacity.
    package var count: Int { sorted.count }

    /// The middle measurement; nil before the first.
    package var value: Float? { sorted.isEmpty ? nil : sorted[sorted.count / 2] }

    /// Half the range that holds the middle two thirds of the measurements: a standard deviation that strays do not
    /// disturb; nil before the first.
    package var spread: Float? {
        guard !sorted.isEmpty else { return nil }
        return (sorted[sorted.count * 5 / 6] - sorted[sorted.count / 6]) / 2
    }

    /// Adds a measurement; what is not a number is passed over. Complexity: O(capacity).
    package mutating func add(_ value: Float) {
        guard value.isFinite else { return }
        if recent.count < capacity {
            recent.append(value)
        } else {
            let oldest = recent[next]
            if let place = sorted.firstIndex(of: oldest) { sorted.remove(at: place) }
            recent[next] = value
            next = (next + 1) % capacity
        }
        sorted.insert(value, at: sorted.firstIndex { $0 > value } ?? sorted.count)
    }
}
