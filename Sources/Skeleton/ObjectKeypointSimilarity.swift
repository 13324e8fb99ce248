import Foundation

/// How alike two poses are, compared joint by joint on the scale at which people place each joint when they label
/// pictures (object keypoint similarity, COCO, Lin et al. 2014).
package struct ObjectKeypointSimilarity: Sendable {
    /// 1 / (2 (2σ)²) of each joint, where σ is the spread of labels over the root of the body's area.
    private let sharpness: [Float]

    /// Prepares for poses of one topology.
    package init(topology: SkeletonTopology) {
        sharpness = topology.jointNames.map { joint in
            let spread = 2 * Self.spread(of: joint)
            return 1 / (2 * spread * spread)
        }
    }

    /// 0 for strangers … 1 for the same pose; nil when no joint is known in both.
    ///
    /// - Parameters:
    ///   - a, b: places of the joints, in one unit that is the same along x and y.
    ///   - scale: root of the body's area, in that unit.
    package func callAsFunction(_ a: [SIMD2<Float>?], _ b: [SIMD2<Float>?], scale: Float) -> Float? {
        precondition(a.count == sharpness.count && b.count == sharpness.count, "one place a joint")
        var sum: Float = 0
        var count = 0
        let inverse = 1 / max(scale * scale, .leastNormalMagnitude)
        for joint in a.indices {
            guard let here = a[joint], let there = b[joint] else { continue }
            let offset = here - there
            sum += exp(-(offset * offset).sum() * inverse * sharpness[joint])
            count += 1
        }
        return count > 0 ? sum / Float(count) : nil
    }

    /// Spread of labels of a joint; hands, feet and joints that COCO does not have take that of their nearest kin.
    private static func spread(of joint: String) -> Float {
        let name = Array(joint.lowercased().utf8)
        return spreads.first { spread in
            name.indices.contains { name[$0...].starts(with: spread.part.utf8) }
        }?.spread ?? 0.079
    }

    private static let spreads: [(part: String, spread: Float)] = [
        ("nose", 0.026), ("eye", 0.025), ("ear", 0.035), ("mouth", 0.026), ("head", 0.05), ("shoulder", 0.079),
        ("elbow", 0.072), ("wrist", 0.062), ("pinky", 0.07), ("index", 0.07), ("thumb", 0.07), ("hand", 0.07),
        ("hip", 0.107), ("pelvis", 0.107), ("knee", 0.087), ("ankle", 0.089), ("heel", 0.095), ("foot", 0.095),
        ("toe", 0.095),
    ]
}

extension ObjectKeypointSimilarity {
    /// Similarity of two poses of the same topology by their places, on the scale of the smaller body.
    ///
    /// - Parameter aspectRatio: width over height of the picture that keypoints are fractions of.
    /// - Returns: 0…1; 0 when the poses share no joint.
    package func callAsFunction(_ a: Pose, _ b: Pose, aspectRatio: Float) -> Float {
        let first = a.places(aspectRatio: aspectRatio)
        let second = b.places(aspectRatio: aspectRatio)
        guard first.count == sharpness.count, second.count == sharpness.count else { return 0 }
        let scale = min(Self.scale(of: first), Self.scale(of: second))
        return self(first, second, scale: scale) ?? 0
    }

    /// Root of a body's area as seen: of the box round its joints, and no less than a quarter of the box's longer edge
    /// squared, so that a person seen edge-on or lying along an axis has an area too.
    package static func scale(of places: [SIMD2<Float>?]) -> Float {
        var low = SIMD2<Float>(repeating: .infinity)
        var high = SIMD2<Float>(repeating: -.infinity)
        for case let place? in places {
            low = pointwiseMin(low, place)
            high = pointwiseMax(high, place)
        }
        let extent = pointwiseMax(high - low, .zero)
        let longer = extent.max()
        guard longer.isFinite else { return 0 }
        return max(extent.x * extent.y, longer * longer / 4).squareRoot()
    }
}
