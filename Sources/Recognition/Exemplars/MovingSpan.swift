package import Skeleton

/// Finds the part of a recording in which somebody moves.
package enum MovingSpan {
    /// Slower than this share of the fastest limb's usual peak is rest.
    private static let restShare: Float = 0.35
    /// Slower than this is rest in any case, in torso lengths a second.
    private static let leastSpeed: Float = 0.25
    /// In longer recordings somebody must say where to look, in seconds.
    private static let longest = 3600.0
    /// Frames a second at which speeds are taken.
    private static let rate = 12.0

    /// From when to when the hands, elbows, knees, ankles or head move, in the samples' time; nil where nothing does.
    package static func find(in samples: [MotionSample]) -> ClosedRange<Double>? {
        guard let first = samples.first, let last = samples.last, last.time > first.time,
            last.time - first.time < longest
        else { return nil }
        let count = Int((last.time - first.time) * rate) + 1
        let times = (0..<count).map { first.time + Double($0) / rate }
        let even = MotionResampling.resample(samples, at: times)
        var features = MotionFeatures(
            normalisation: PoseNormalisation(heading: .clip, root: .none), period: 1 / rate)
        var frame = [Float](repeating: 0, count: MotionSample.jointCount * MotionFeatures.channels)
        let speeds = even.map { sample -> Float in
            frame.withUnsafeMutableBufferPointer { features.next(sample, into: $0) }
            return MotionDescriber.placed.map { joint in
                let base = joint * MotionFeatures.channels + 6
                let velocity = SIMD3(frame[base], frame[base + 1], frame[base + 2])
                return (velocity * velocity).sum().squareRoot()
            }.max() ?? 0
        }
        let smooth = speeds.indices.map { index in
            (speeds[max(0, index - 1)] + 2 * speeds[index] + speeds[min(speeds.count - 1, index + 1)]) / 4
        }
        let sorted = smooth.sorted()
        let threshold = max(leastSpeed, restShare * sorted[min(sorted.count - 1, sorted.count * 95 / 100)])
        guard let begin = smooth.firstIndex(where: { $0 > threshold }),
            let end = smooth.lastIndex(where: { $0 > threshold })
        else { return nil }
        return times[max(0, begin - 2)]...times[min(times.count - 1, end + 2)]
    }
}
