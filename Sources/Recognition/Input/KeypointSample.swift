import Skeleton

/// One person, or one of their hands, in the picture of one frame.
package struct KeypointSample: Sendable {
    /// Media time in seconds.
    package let time: Double
    /// One entry a joint: x and y as fractions of the picture, and the confidence; nil where it was not seen.
    package let joints: [SIMD3<Float>?]

    init(time: Double, joints: [SIMD3<Float>?]) {
        self.time = time
        self.joints = joints
    }

    init(_ hand: HandPose, at time: Double) {
        self.init(time: time, joints: hand.imagePoints.map { SIMD3($0.x, $0.y, hand.score) })
    }
}

/// Reads the joints of one topology off poses of another, by their names.
struct KeypointSampler: Sendable {
    /// For each joint those of the source to take the mean of; none where nothing is known of it.
    private let origins: [[Int]]

    /// Joints less sure than this count as not seen, as in PySKL.
    private static let leastConfidence: Float = 0.01

    /// The neck, where a source has none, is the middle of the shoulders.
    init(from source: SkeletonTopology, to topology: SkeletonTopology) {
        origins = topology.jointNames.map { name in
            if let index = source.index(of: name) { return [index] }
            guard name == "neck", let left = source.index(of: "leftShoulder"),
                let right = source.index(of: "rightShoulder")
            else { return [] }
            return [left, right]
        }
    }

    /// The body in a pose; nil when it has no points in the picture or none of the joints.
    func sample(_ pose: Pose, at time: Double) -> KeypointSample? {
        guard !pose.keypoints.isEmpty else { return nil }
        let joints = origins.map { indices -> SIMD3<Float>? in
            var sum = SIMD3<Float>.zero
            for index in indices {
                guard let point = pose.keypoints[index], point.confidence > Self.leastConfidence else { return nil }
                sum += SIMD3(point.x, point.y, point.confidence)
            }
            return indices.isEmpty ? nil : sum / Float(indices.count)
        }
        return joints.contains { $0 != nil } ? KeypointSample(time: time, joints: joints) : nil
    }
}
