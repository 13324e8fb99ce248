import Inference
import Skeleton

/// Turns people into what an imported network sees: for each joint x and y, and the confidence where it wants that.
struct ImportedInput {
    /// One person, or one of their hands, in one frame.
    struct Sample: TimedSample {
        let time: Double
        /// One entry a joint: x and y as fractions of the picture, and the confidence; nil where it was not seen.
        let joints: [SIMD3<Float>?]
    }

    private let input: ImportedNetwork.Description.Input
    private let topology: SkeletonTopology
    private let channels: Int
    /// For each known source topology the joints to take the mean of, one list a joint; an empty one knows nothing.
    private var origins: [SkeletonTopology: [[Int]]] = [:]

    /// Joints less sure than this count as not seen, as in PySKL.
    private static let leastConfidence: Float = 0.01

    init(_ model: ImportedActionModel) {
        input = model.input
        topology = model.topology
        channels = model.imported.network.inputChannels
    }

    /// The body in a pose; nil when it has no points in the picture or none of the joints.
    mutating func body(_ pose: Pose, at time: Double) -> Sample? {
        guard !pose.keypoints.isEmpty else { return nil }
        let origins = origins[pose.topology] ?? Self.origins(of: topology, in: pose.topology)
        self.origins[pose.topology] = origins
        let joints = origins.map { indices -> SIMD3<Float>? in
            var sum = SIMD3<Float>.zero
            for index in indices {
                guard let point = pose.keypoints[index], point.confidence > Self.leastConfidence else { return nil }
                sum += SIMD3(point.x, point.y, point.confidence)
            }
            return indices.isEmpty ? nil : sum / Float(indices.count)
        }
        return joints.contains { $0 != nil } ? Sample(time: time, joints: joints) : nil
    }

    /// A hand.
    func hand(_ hand: HandPose, at time: Double) -> Sample {
        Sample(time: time, joints: hand.imagePoints.map { SIMD3($0.x, $0.y, hand.score) })
    }

    /// Writes a clip of (T, V, C): evenly spaced moments up to `end`, each as in the sample nearest to it.
    ///
    /// - Parameter samples: growing in time, at least one.
    func write(_ samples: [Sample], endingAt end: Double, frames: Int, into clip: UnsafeMutableBufferPointer<Float>) {
        let width = topology.count * channels
        var index = 0
        var chosen: [Int] = []
        chosen.reserveCapacity(frames)
        for frame in 0..<frames {
            let time = end - input.seconds * Double(frames - 1 - frame) / Double(max(frames, 2) - 1)
            while index + 1 < samples.count, abs(samples[index + 1].time - time) <= abs(samples[index].time - time) {
                index += 1
            }
            chosen.append(index)
        }
        let (middle, half) = frameOfReference(chosen.lazy.map { samples[$0] })
        for (frame, index) in chosen.enumerated() {
            for (joint, point) in samples[index].joints.enumerated() {
                let row = frame * width + joint * channels
                for channel in 0..<channels {
                    let value = point.map { channel < 2 ? ($0[channel] - middle[channel]) / half[channel] : $0.z }
                    clip[row + channel] = value ?? 0
                }
            }
        }
    }

    /// What becomes 0, and how far from it what becomes 1.
    private func frameOfReference(_ samples: some Sequence<Sample>) -> (middle: SIMD3<Float>, half: SIMD3<Float>) {
        let picture = (SIMD3<Float>(repeating: 0.5), SIMD3<Float>(repeating: 0.5))
        switch input.normalisation {
        case .picture: return picture
        case .fraction: return (.zero, SIMD3(repeating: 1))
        case .extent: break
        }
        var least = SIMD3<Float>(repeating: .infinity)
        var most = SIMD3<Float>(repeating: -.infinity)
        for sample in samples {
            for case let point? in sample.joints {
                least = pointwiseMin(least, point)
                most = pointwiseMax(most, point)
            }
        }
        let half = (most - least) / 2
        // A speck, or nothing at all, stays where it is in the picture.
        guard half.x > 0.004, half.y > 0.004 else { return picture }
        return ((most + least) / 2, half)
    }

    /// The same joints by name; the neck, where a source has none, is the middle of the shoulders.
    private static func origins(of topology: SkeletonTopology, in source: SkeletonTopology) -> [[Int]] {
        topology.jointNames.map { name in
            if let index = source.index(of: name) { return [index] }
            guard name == "neck", let left = source.index(of: "leftShoulder"),
                let right = source.index(of: "rightShoulder")
            else { return [] }
            return [left, right]
        }
    }
}
