import Foundation
import Inference
package import Randomness
import Recognition
import Skeleton

/// A sequence of evenly spaced samples with a class for each; negative where none is asked for.
struct LabelledFrames: Sendable {
    var samples: [MotionSample]
    var labels: [Int]
    /// Whether a camera's view and errors are in it already.
    var isSeenByCamera: Bool

    /// Stops the motion at some moment for a while, before it goes on: somebody with a hand up is not waving.
    ///
    /// - Parameters:
    ///   - label: what the stop is; its first moments, in which nobody can tell, are not asked for.
    ///   - postures: the classes of being still already: a stop in them changes nothing.
    mutating func freeze(as label: Int, except postures: [Int], period: Double, using stream: inout SplitMix64) {
        let first = 1 + Int(stream.unit() * Float(samples.count - 1))
        let count = min(samples.count - first, Int(Double(stream.uniform(1...3)) / period))
        guard count > 0 else { return }
        let doubtful = Int(0.4 / period)
        let label = postures.contains(labels[first - 1]) ? labels[first - 1] : label
        var held = [MotionSample](repeating: samples[first - 1], count: count)
        let stop = (0..<count).map { $0 < doubtful ? -1 : label }
        held += samples[first..<samples.count - count]
        samples.replaceSubrange(first..., with: held)
        labels.replaceSubrange(first..., with: stop + labels[first..<labels.count - count])
        for index in samples.indices { samples[index].time = Double(index) * period }
    }
}

extension AugmentationSettings {
    /// A factor by which a movement is played faster or slower.
    func drawSpeed(using stream: inout SplitMix64) -> Double {
        let fastest = Double(speed)
        let unit = Double(stream.uniform(-1...1))
        return unit >= 0 ? 1 + unit * (fastest - 1) : 1 / (1 - unit * (fastest - 1))
    }

    /// From 0 to `count` - 1, growing, by steps about 1 that are longer and shorter by turns.
    package func moments(_ count: Int, using stream: inout SplitMix64) -> [Double] {
        guard tempo > 0 else { return (0..<count).map(Double.init) }
        let depth = Double(tempo * stream.unit())
        let rate = 2 * .pi / Double(stream.uniform(8...40))
        let phase = Double(stream.uniform(0...2 * .pi))
        let warped = (0..<count).map { index -> Double in
            Double(index) - depth / rate * Foundation.cos(rate * Double(index) + phase)
        }
        guard let first = warped.first, let last = warped.last, last > first else { return warped }
        let scale = Double(count - 1) / (last - first)
        return warped.map { ($0 - first) * scale }
    }
}
