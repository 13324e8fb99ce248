package import Robots
package import Skeleton

/// One person as one camera saw them at one moment.
package struct RigView: Sendable {
    /// Seconds of the camera's own clock.
    package var time: Double
    /// One entry a joint, in picture heights from the picture's middle; nil where it was not seen.
    package var places: [SIMD2<Double>?]
    /// How well each was seen, 0…1.
    package var confidences: [Double]
    /// One entry a joint in the camera's axes, metres, from anywhere; nil where not known.
    package var world: [Vector3?]

    /// - Parameter aspectRatio: width over height of the picture.
    package init(_ pose: Pose, aspectRatio: Float, at time: Double) {
        self.time = time
        let count = pose.topology.count
        let isEmpty = pose.keypoints.isEmpty
        places = (0..<count).map { joint in
            guard !isEmpty, let keypoint = pose.keypoints[joint], keypoint.x.isFinite, keypoint.y.isFinite else {
                return nil
            }
            return SIMD2(Double((keypoint.x - 0.5) * aspectRatio), Double(keypoint.y - 0.5))
        }
        confidences = (0..<count).map { joint in
            guard !isEmpty, let keypoint = pose.keypoints[joint], pose.evidence(of: joint) != .guessed else { return 0 }
            return Double(max(0, min(1, keypoint.confidence)))
        }
        world = (0..<count).map { joint in
            guard !pose.worldPoints.isEmpty, let point = pose.worldPoints[joint] else { return nil }
            let place = Vector3(point)
            return place.sum().isFinite ? place : nil
        }
    }

    /// Between two views of the same person; `share` 0 is the first.
    package init(_ a: RigView, _ b: RigView, share: Double) {
        time = a.time + (b.time - a.time) * share
        places = zip(a.places, b.places).map { a, b in
            guard let a, let b else { return nil }
            return a + (b - a) * share
        }
        confidences = zip(a.confidences, b.confidences).map { min($0, $1) }
        world = zip(a.world, b.world).map { a, b in
            guard let a, let b else { return nil }
            return a + (b - a) * share
        }
    }
}

extension [RigView] {
    /// What was seen at a time, between the two views round it; nil in a gap longer than `gap` seconds.
    package func view(at time: Double, gap: Double = 0.2) -> RigView? {
        let next = partitioningIndex { $0.time >= time }
        if next < count, self[next].time == time { return self[next] }
        guard next > 0, next < count, self[next].time - self[next - 1].time <= gap else { return nil }
        let (a, b) = (self[next - 1], self[next])
        return RigView(a, b, share: (time - a.time) / (b.time - a.time))
    }
}
