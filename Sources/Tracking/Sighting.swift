import Foundation
import Skeleton

/// A pose of the present frame with what matching needs of it.
struct Sighting {
    let pose: Pose
    /// Middle of the hips in picture heights.
    let center: SIMD2<Float>
    /// Diameter in picture heights of the circle round the middle that holds all joints.
    let size: Float
    /// Picture heights that a metre spans where the person is.
    let scale: Float
    /// Places of all joints relative to the middle.
    let shape: [SIMD2<Float>?]

    /// The size in metres of the circle round somebody who stands.
    private static let standing: Float = 1.85

    /// Nil for a pose without any joint or without extent.
    init?(_ pose: Pose, aspectRatio: Float) {
        guard let extent = pose.extent(aspectRatio: aspectRatio), extent.size > 0, extent.size.isFinite,
            extent.center.x.isFinite, extent.center.y.isFinite
        else { return nil }
        self.pose = pose
        center = extent.center
        size = extent.size
        shape = pose.places(aspectRatio: aspectRatio).map { place in place.map { $0 - extent.center } }
        scale = Self.scale(of: pose, shape) ?? extent.size / Self.standing
    }

    /// What motion is followed in: the middle, and the logarithm of the scale.
    var axes: SIMD3<Float> { SIMD3(center.x, center.y, log(scale)) }

    /// How many picture heights a metre of the body spans: the best fit of the world points to the places, which,
    /// unlike the extent, does not change when somebody bends.
    private static func scale(of pose: Pose, _ shape: [SIMD2<Float>?]) -> Float? {
        guard !pose.keypoints.isEmpty, !pose.worldPoints.isEmpty else { return nil }
        // Sums of weights, places, points and their products: the fit is about the means, wherever the origin is.
        var total: Float = 0
        var (places, points) = (SIMD2<Float>.zero, SIMD2<Float>.zero)
        var (product, square): (Float, Float) = (0, 0)
        for joint in shape.indices {
            guard let place = shape[joint], let world = pose.worldPoints[joint], let keypoint = pose.keypoints[joint]
            else { continue }
            let weight = max(0.05, keypoint.confidence)
            let point = SIMD2(world.x, world.y)
            total += weight
            places += weight * place
            points += weight * point
            product += weight * (place * point).sum()
            square += weight * (point * point).sum()
        }
        guard total > 0 else { return nil }
        product -= (places * points).sum() / total
        square -= (points * points).sum() / total
        guard square > 1e-6, product > 1e-6 * square, (product / square).isFinite else { return nil }
        return product / square
    }
}
