/// One hand in one frame, with the joints of `SkeletonTopology.hand21`.
package struct HandPose: Sendable, Equatable {
    /// Which of the person's own hands it is.
    package enum Side: String, Sendable, Hashable, CaseIterable {
        case left, right
    }

    package var side: Side
    /// How sure the source is that this is a hand, 0…1.
    package var score: Float
    /// One point a joint: x and y in 0…1 of the picture, z the depth relative to the wrist on the scale of `x`, growing
    /// away from the camera.
    package var imagePoints: [SIMD3<Float>]
    /// One point a joint in metres from the middle of the hand, x to image right, y down, z away from the camera. Empty
    /// when only image points are known.
    package var worldPoints: [SIMD3<Float>]

    package init(side: Side, score: Float = 1, imagePoints: [SIMD3<Float>], worldPoints: [SIMD3<Float>] = []) {
        let count = SkeletonTopology.hand21.count
        precondition(imagePoints.count == count, "one image point a joint")
        precondition(worldPoints.isEmpty || worldPoints.count == count, "one world point a joint, or none at all")
        self.side = side
        self.score = score
        self.imagePoints = imagePoints
        self.worldPoints = worldPoints
    }

    /// Whether every number is one.
    package var isFinite: Bool {
        score.isFinite
            && (imagePoints + worldPoints).allSatisfy { $0.x.isFinite && $0.y.isFinite && $0.z.isFinite }
    }
}
