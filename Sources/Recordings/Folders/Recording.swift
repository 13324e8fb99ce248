package import Skeleton

/// One person's poses over time, as loaded from a recording.
package struct Recording: Sendable, Equatable {
    package var topology: SkeletonTopology
    /// Media time of each pose, growing.
    package var times: [Duration]
    /// One pose a frame; in a frame where the person was not found every joint is nil.
    package var poses: [Pose]
    /// Width over height of the picture that image points are fractions of; nil when unknown.
    package var aspectRatio: Float?
    /// Where the middle of the hips is in the room at each pose, in metres along the poses' axes, nil where it was not
    /// seen; empty when the source does not tell.
    package var places: [SIMD3<Float>?]

    package init(
        topology: SkeletonTopology, times: [Duration], poses: [Pose], aspectRatio: Float? = nil,
        places: [SIMD3<Float>?] = []
    ) {
        precondition(times.count == poses.count, "one time a pose")
        precondition(places.isEmpty || places.count == poses.count, "one place a pose")
        self.places = places
        self.topology = topology
        self.times = times
        self.poses = poses
        self.aspectRatio = aspectRatio
    }

    /// The same poses as frames of one camera with one track, for the stages after tracking.
    package func frames(camera: String = "recording", track: TrackID = TrackID(1)) -> [SkeletonFrame] {
        poses.indices.map { index in
            let pose = poses[index]
            let isSeen =
                pose.keypoints.contains { $0 != nil } || pose.worldPoints.contains { $0 != nil } || !pose.hands.isEmpty
            return SkeletonFrame(
                camera: camera, index: index, presentationTime: times[index], aspectRatio: aspectRatio,
                people: isSeen ? [TrackedPose(track: track, pose: pose)] : [])
        }
    }

    /// The person a skeleton file is about, as `MainPerson` has it.
    init(frames: [SkeletonFrame], file: String) throws(RecordingsError) {
        guard let track = MainPerson(in: frames)?.track,
            let first = frames.lazy.compactMap({ $0.people.first { $0.track == track } }).first
        else { throw RecordingsError(file: file, message: "expected a person in at least one frame, found none") }
        let topology = first.pose.topology
        var poses: [Pose] = []
        for frame in frames {
            let pose = frame.people.first { $0.track == track }?.pose
            if let other = pose?.topology, other != topology {
                throw RecordingsError(
                    file: file,
                    message:
                        "expected topology \(topology.name) throughout, found \(other.name) in frame \(frame.index)")
            }
            poses.append(pose ?? .unseen(like: first.pose))
        }
        self.init(
            topology: topology, times: frames.map(\.presentationTime), poses: poses,
            aspectRatio: frames.lazy.compactMap(\.aspectRatio).first)
    }
}

extension Pose {
    /// A pose of which nothing was seen, with the same kinds of points.
    static func unseen(like pose: Pose) -> Pose {
        Pose(
            topology: pose.topology, keypoints: pose.keypoints.map { _ in nil },
            worldPoints: pose.worldPoints.map { _ in nil }, score: 0)
    }
}
