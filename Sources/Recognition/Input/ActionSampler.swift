package import Skeleton

/// Turns poses into what an input takes of them, subject by subject; remembers how each topology is read.
package struct ActionSampler: Sendable {
    private let input: ActionInput
    private var motion: [SkeletonTopology: MotionSampler] = [:]
    private var keypoints: [SkeletonTopology: KeypointSampler] = [:]
    /// The topology of poses without points in the picture, where the input needs such points.
    package private(set) var unusable: SkeletonTopology?

    package init(_ input: ActionInput) { self.input = input }

    /// What is taken of a pose: of the body, or of each hand; nothing where none of the joints is seen.
    ///
    /// - Parameter time: media time in seconds.
    package mutating func samples(
        of pose: Pose, at time: Double, aspectRatio: Float?
    ) -> [(side: HandPose.Side?, sample: ActionSample)] {
        switch input.kind {
        case .motion:
            let sampler = motion[pose.topology] ?? MotionSampler(topology: pose.topology)
            motion[pose.topology] = sampler
            let sample = sampler.sample(pose, at: time, aspectRatio: aspectRatio)
            return sample.seen == 0 ? [] : [(nil, .motion(sample))]
        case .keypoints where input.looksAtHands:
            return pose.hands.map { ($0.side, .keypoints(KeypointSample($0, at: time))) }
        case .keypoints(let keypointInput):
            let sampler = keypoints[pose.topology] ?? KeypointSampler(from: pose.topology, to: keypointInput.topology)
            keypoints[pose.topology] = sampler
            if pose.keypoints.isEmpty, !pose.worldPoints.isEmpty { unusable = pose.topology }
            return sampler.sample(pose, at: time).map { [(nil, .keypoints($0))] } ?? []
        }
    }
}
