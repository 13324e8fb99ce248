import Foundation
import Skeleton

/// A pose of the present frame with what matching needs of it.
struct Detection {
    let pose: Pose
    /// Middle of the hips in picture heights; of all joints where the hips are unknown.
    private(set) var center: SIMD2<Float>
    /// Diameter in picture heights of the circle round the middle that holds all joints.
    private(set) var size: Float
    /// Picture heights that a metre spans where the person is.
    private(set) var scale: Float
    /// Places of all joints in picture heights.
    let places: [SIMD2<Float>?]
    /// Whether the middle is that of the hips.
    private let hasHips: Bool

    /// The size in metres of the circle round somebody who stands.
    private static let standing: Float = 1.85
    /// Nobody is taken for smaller than this, even if a single joint is all that was found.
    private static let least: Float = 0.01

    /// Nil for a pose without any joint.
    init?(_ pose: Pose, aspectRatio: Float) {
        guard let extent = pose.extent(aspectRatio: aspectRatio), extent.size.isFinite, extent.center.x.isFinite,
            extent.center.y.isFinite
        else { return nil }
        self.pose = pose
        center = extent.center
        size = max(extent.size, Self.least)
        places = pose.places(aspectRatio: aspectRatio)
        let joints = places
        hasHips = ["leftHip", "rightHip"].allSatisfy { pose.topology.index(of: $0).map { joints[$0] != nil } ?? false }
        scale = Self.scale(of: pose, places.map { [center] in $0.map { $0 - center } }) ?? size / Self.standing
    }

    /// The detection as if it had the joints of the one before it: where the middle and the size rest on other joints than
    /// before, a hip that comes or goes would else look like a leap.
    func continuing(_ before: Detection) -> Detection {
        guard !hasHips || !before.hasHips, places.count == before.places.count else { return self }
        // The middle one of the ways: arms that swing are no reason to think that the body did.
        let ways = zip(before.places, places).compactMap { old, new in old.flatMap { old in new.map { $0 - old } } }
        guard !ways.isEmpty else { return self }
        var continued = self
        continued.center = before.center + SIMD2(Self.median(ways.map(\.x)), Self.median(ways.map(\.y)))
        continued.size = before.size
        continued.scale = before.scale
        return continued
    }

    private static func median(_ values: [Float]) -> Float {
        let sorted = values.sorted()
        return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
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
