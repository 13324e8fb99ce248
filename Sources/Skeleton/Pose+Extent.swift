extension Pose {
    /// Places of the joints in units of the picture's height, x and y alike; nil where a joint was not seen. A pose
    /// without image points gives its world points' x and y in metres.
    package func places(aspectRatio: Float) -> [SIMD2<Float>?] {
        if keypoints.isEmpty { return worldPoints.map { point in point.map { SIMD2($0.x, $0.y) } } }
        return keypoints.map { keypoint in keypoint.map { SIMD2($0.x * aspectRatio, $0.y) } }
    }

    /// The middle of the hips and the diameter of the circle round it that holds all joints, in the unit of
    /// `places(aspectRatio:)`; nil when no joint was seen. Where the hips are unknown, the middle of all joints serves.
    package func extent(aspectRatio: Float) -> (center: SIMD2<Float>, size: Float)? {
        let places = places(aspectRatio: aspectRatio)
        let hips = ["leftHip", "rightHip"].compactMap { topology.index(of: $0) }.compactMap { places[$0] }
        let middle = hips.count == 2 ? hips : places.compactMap { $0 }
        guard !middle.isEmpty else { return nil }
        let center = middle.reduce(.zero, +) / Float(middle.count)
        var farthest: Float = 0
        for case let place? in places {
            let offset = place - center
            farthest = max(farthest, (offset * offset).sum())
        }
        return (center, 2 * farthest.squareRoot())
    }
}
