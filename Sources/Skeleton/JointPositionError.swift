/// How far estimated joints lie from true ones: the mean per-joint position error of 3D pose estimation (MPJPE,
/// Ionescu et al. 2014).
package enum JointPositionError {
    /// Mean distance over the joints known in both, in the unit of the points; nil when they share none.
    package static func mean(_ estimate: [SIMD3<Float>?], _ truth: [SIMD3<Float>?]) -> Float? {
        let pairs = shared(estimate, truth)
        guard !pairs.isEmpty else { return nil }
        return pairs.reduce(0) { $0 + length($1.estimate - $1.truth) } / Float(pairs.count)
    }

    /// The same after moving the estimate so that one joint, usually the pelvis, coincides; nil when either lacks it.
    package static func mean(
        _ estimate: [SIMD3<Float>?], _ truth: [SIMD3<Float>?], alignedAt root: Int
    ) -> Float? {
        guard let from = estimate[root], let to = truth[root] else { return nil }
        return mean(estimate.map { point in point.map { $0 - from + to } }, truth)
    }

    private static func shared(
        _ estimate: [SIMD3<Float>?], _ truth: [SIMD3<Float>?]
    ) -> [(estimate: SIMD3<Float>, truth: SIMD3<Float>)] {
        precondition(estimate.count == truth.count, "one estimated point a true point")
        return zip(estimate, truth).compactMap { here, there in
            guard let here, let there else { return nil }
            return (here, there)
        }
    }

    private static func length(_ vector: SIMD3<Float>) -> Float { (vector * vector).sum().squareRoot() }
}
