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
        guard !places.isEmpty else { return nil }
        func place(of joint: String) -> SIMD2<Float>? { topology.index(of: joint).flatMap { places[$0] } }
        let center: SIMD2<Float>
        if let left = place(of: "leftHip"), let right = place(of: "rightHip") {
            center = (left + right) / 2
        } else {
            var (sum, count) = (SIMD2<Float>.zero, Float.zero)
            for case let place? in places {
                sum += place
                count += 1
            }
            guard count > 0 else { return nil }
            center = sum / count
        }
        var farthest: Float = 0
        for case let place? in places {
            let offset = place - center
            farthest = max(farthest, (offset * offset).sum())
        }
        return (center, 2 * farthest.squareRoot())
    }
}
