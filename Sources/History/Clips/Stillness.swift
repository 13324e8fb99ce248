import Skeleton

/// Tells whether somebody has moved since a skeleton of theirs was kept: of who stands still two a second will do.
struct Stillness: Sendable {
    private let pose: Pose
    private let time: Duration
    private let aspectRatio: Float
    /// How far a joint may be from where it was, in the unit of `places`; nil where nobody can tell.
    private let reach: Float?

    /// A share of the body's size: some two centimetres of somebody grown up.
    private static let share: Float = 1 / 80
    /// However still somebody stands, another skeleton is kept after this time.
    private static let longest = Duration.milliseconds(500)
    /// Where a less sure joint is means nothing.
    private static let leastConfidence: Float = 0.5

    init(_ pose: Pose, aspectRatio: Float?, at time: Duration) {
        self.pose = pose
        self.time = time
        self.aspectRatio = aspectRatio ?? 1
        let places = Self.places(of: pose, self.aspectRatio)
        guard let first = places.lazy.compactMap({ $0 }).first, pose.hands.isEmpty else {
            reach = nil
            return
        }
        var (low, high) = (first, first)
        for case let place? in places {
            low = pointwiseMin(low, place)
            high = pointwiseMax(high, place)
        }
        reach = (high - low).max() * Self.share
    }

    /// Whether every joint of a later pose is about where it was; fingers always move.
    func holds(_ later: Pose) -> Bool {
        guard let reach, later.hands.isEmpty,
            later.keypoints.count == pose.keypoints.count, later.worldPoints.count == pose.worldPoints.count
        else { return false }
        for (a, b) in zip(Self.places(of: pose, aspectRatio), Self.places(of: later, aspectRatio)) {
            guard let a, let b else { continue }
            guard ((a - b) * (a - b)).sum() <= reach * reach else { return false }
        }
        return true
    }

    /// Whether another skeleton is to be kept in any case.
    func isOld(at time: Duration) -> Bool { time - self.time >= Self.longest }

    /// Where joints are, in picture heights, or in metres where nothing is known of a picture.
    private static func places(of pose: Pose, _ aspectRatio: Float) -> [SIMD3<Float>?] {
        guard !pose.keypoints.isEmpty else { return pose.worldPoints }
        return pose.keypoints.map { keypoint in
            guard let keypoint, keypoint.confidence >= leastConfidence else { return nil }
            return SIMD3(keypoint.x * aspectRatio, keypoint.y, 0)
        }
    }
}
