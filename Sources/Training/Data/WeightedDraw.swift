import Inference
import Randomness

/// Draws indices with given odds.
struct WeightedDraw: Sendable {
    /// The weights summed up one after another.
    private let sums: [Float]

    init(_ weights: some Sequence<Float>) {
        var sum: Float = 0
        sums = weights.map {
            sum += $0
            return sum
        }
    }

    func callAsFunction(using stream: inout SplitMix64) -> Int {
        let place = stream.unit() * (sums.last ?? 0)
        var (low, high) = (0, sums.count - 1)
        while low < high {
            let middle = (low + high) / 2
            if sums[middle] > place { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
