package import Imaging
package import Skeleton

/// Where a body says that one of its hands is.
package struct ExpectedHand: Sendable {
    package let side: HandPose.Side
    /// The body's wrist, in pixels.
    package let wrist: SIMD2<Float>
    /// The middle of the hand, in pixels.
    package let center: SIMD2<Float>
    /// Length of a hand held parallel to the picture, wrist to finger tip, in pixels.
    package let length: Float
    /// How sure the body is of the wrist, 0…1.
    package let confidence: Float

    /// Wrist to finger tip of a grown-up, in metres.
    private static let handLength: Float = 0.19
    /// Edge of the square that holds the hand, in hand lengths: what the landmark network's own regions come to.
    private static let handMargin: Float = 1.4
    /// Edge of the square searched for the palm, in hand lengths.
    private static let searchMargin: Float = 2.6

    /// Nil when the pose does not know the hand's wrist and knuckles, or tells nothing of its size.
    ///
    /// - Parameters:
    ///   - pose: of BlazePose's joints.
    ///   - picture: width and height in pixels.
    package init?(_ side: HandPose.Side, of pose: Pose, in size: SIMD2<Float>) {
        guard pose.topology == .blazePose33, !pose.keypoints.isEmpty,
            let scale = Self.pixelsPerMetre(pose, in: size)
        else { return nil }
        let first = side == .left ? 15 : 16
        let joints = [first, first + 2, first + 4].compactMap { pose.keypoints[$0] }
        guard joints.count == 3 else { return nil }
        let places = joints.map { SIMD2($0.x, $0.y) * size }
        self.side = side
        wrist = places[0]
        center = (places[1] + places[2]) / 2
        length = Self.handLength * scale
        confidence = joints[0].confidence
        guard (wrist + center).sum().isFinite else { return nil }
    }

    /// The square round the hand, fingers up.
    package var handRegion: CropRegion {
        CropRegion(
            center: center, side: length * Self.handMargin, rotation: CropRegion.rotation(from: wrist, to: center))
    }

    /// The square in which to search for the palm.
    package var searchRegion: CropRegion { CropRegion(center: center, side: length * Self.searchMargin) }

    /// Whether the middle of the hand lies in the picture.
    package func isInside(_ size: SIMD2<Float>) -> Bool {
        center.x >= 0 && center.y >= 0 && center.x < size.x && center.y < size.y
    }

    /// How large the body appears: the spread of its joints in the picture over that of their world points as seen from
    /// the camera, which holds however the body is turned.
    private static func pixelsPerMetre(_ pose: Pose, in size: SIMD2<Float>) -> Float? {
        guard !pose.worldPoints.isEmpty else { return nil }
        var places: [SIMD2<Float>] = []
        var world: [SIMD2<Float>] = []
        for case let (keypoint?, point?) in zip(pose.keypoints, pose.worldPoints) {
            places.append(SIMD2(keypoint.x, keypoint.y) * size)
            world.append(SIMD2(point.x, point.y))
        }
        let metres = spread(of: world)
        guard metres > 0 else { return nil }
        let scale = spread(of: places) / metres
        return scale > 0 && scale.isFinite ? scale : nil
    }

    /// Root of the mean squared distance from the middle.
    private static func spread(of points: [SIMD2<Float>]) -> Float {
        let middle = points.reduce(.zero, +) / Float(points.count)
        let sum = points.reduce(Float(0)) { $0 + (($1 - middle) * ($1 - middle)).sum() }
        return (sum / Float(points.count)).squareRoot()
    }
}
