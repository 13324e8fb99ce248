/// How fast a body moves at each moment of a motion: what tells a movement from the stillness before and after it.
package struct MotionPace: Sendable {
    /// For each sample; only their proportions mean something.
    private let speeds: [Float]

    /// - Parameter samples: growing in time.
    package init(_ samples: [MotionSample]) {
        let centers = samples.map(NormalisedMotion.center)
        let raw = samples.indices.map { index -> Float in
            let (before, after) = (max(0, index - 1), min(samples.count - 1, index + 1))
            let seconds = Float(samples[after].time - samples[before].time)
            guard seconds > 0 else { return 0 }
            let shift = centers[after] - centers[before]
            var squares: Float = 0
            var count: Float = 0
            for joint in 0..<MotionSample.jointCount where samples[before].isSeen(joint) && samples[after].isSeen(joint)
            {
                let way = samples[after].points[joint] - samples[before].points[joint] - shift
                squares += (way * way).sum()
                count += 1
            }
            return count > 0 ? (squares / count).squareRoot() / seconds : 0
        }
        // The middle of three: one frame in which a joint jumps is no movement.
        speeds = raw.indices.map { index in
            let three = [raw[max(0, index - 1)], raw[index], raw[min(raw.count - 1, index + 1)]].sorted()
            return three[1]
        }
    }

    /// The samples from the first to the last that moves at `share` of the fastest or more, and one more at either end.
    ///
    /// All of them when nothing moves, or fewer than a few would be left.
    package func range(above share: Float) -> Range<Int> {
        let limit = share * (speeds.max() ?? 0)
        guard share > 0, limit > 0, let first = speeds.firstIndex(where: { $0 >= limit }),
            let last = speeds.lastIndex(where: { $0 >= limit })
        else { return speeds.indices }
        let range = max(0, first - 1)..<min(speeds.count, last + 2)
        return range.count < Self.fewest ? speeds.indices : range
    }

    private static let fewest = 5
}
