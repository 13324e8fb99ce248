import Randomness
import Skeleton

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
        return sums.dropLast().partitioningIndex { $0 > place }
    }
}
