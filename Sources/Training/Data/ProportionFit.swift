package import Recordings
import Skeleton

/// Gives bodies their proportions back where a data set has scaled every frame to 0…1 on each axis by itself.
///
/// What such a scaling did to a frame are three unknown factors. Squared, they are linear in the squared lengths of the
/// bones, and the bones of grown-ups have known lengths: a least-squares fit finds them, drawn a little to those of the
/// frame before, since bodies do not change their size.
package struct ProportionFit {
    private let bones: [(from: Int, to: Int, length: Float)]
    private let hips: [Int]
    private var factors: SIMD3<Float>?

    /// Lengths as pose networks give them, in metres.
    private static let lengths: [(String, String, Float)] = [
        ("leftShoulder", "rightShoulder", 0.35), ("leftHip", "rightHip", 0.21), ("leftShoulder", "leftHip", 0.5),
        ("rightShoulder", "rightHip", 0.5), ("leftShoulder", "leftElbow", 0.28), ("rightShoulder", "rightElbow", 0.28),
        ("leftElbow", "leftWrist", 0.26), ("rightElbow", "rightWrist", 0.26), ("leftHip", "leftKnee", 0.4),
        ("rightHip", "rightKnee", 0.4), ("leftKnee", "leftAnkle", 0.4), ("rightKnee", "rightAnkle", 0.4),
    ]

    /// How strongly a frame's factors are drawn to those of the frame before.
    private static let inertia: Float = 0.03
    /// What the squared factors are about, and how strongly that of depth, which pose networks judge worst, is drawn to it.
    private static let usual = SIMD3<Float>(0.3, 1.5, 0.2)
    private static let depthPull: Float = 0.3

    /// - Parameter topology: one with shoulders, elbows, wrists, hips, knees and ankles; others are left as they are.
    init(topology: SkeletonTopology) {
        bones = Self.lengths.compactMap { from, to, length in
            guard let from = topology.index(of: from), let to = topology.index(of: to) else { return nil }
            return (from, to, length)
        }
        hips = ["leftHip", "rightHip"].compactMap { topology.index(of: $0) }
    }

    /// The recording with world points in metres in place of its image points.
    package static func restore(_ recording: Recording) -> Recording {
        var fit = ProportionFit(topology: recording.topology)
        var restored = recording
        restored.poses = recording.poses.map { fit.restore($0) }
        restored.aspectRatio = nil
        return restored
    }

    private mutating func restore(_ pose: Pose) -> Pose {
        let points = pose.keypoints.map { $0.map { SIMD3($0.x, $0.y, $0.z) } }
        guard hips.count == 2, let left = points[hips[0]], let right = points[hips[1]], let factors = fit(points) else {
            return pose
        }
        self.factors = factors
        let scale = factors.squareRoot()
        let origin = (left + right) / 2
        var pose = pose
        pose.keypoints = []
        pose.worldPoints = points.map { $0.map { ($0 - origin) * scale } }
        return pose
    }

    /// The squared factors of the three axes.
    private func fit(_ points: [SIMD3<Float>?]) -> SIMD3<Float>? {
        // Rows of the normal equations, and their right-hand side.
        var rows = [SIMD3<Float>](repeating: .zero, count: 3)
        var right = SIMD3<Float>.zero
        for bone in bones {
            guard let from = points[bone.from], let to = points[bone.to] else { continue }
            let square = (to - from) * (to - from) / (bone.length * bone.length)
            for axis in 0..<3 { rows[axis] += square[axis] * square }
            right += square
        }
        let weight = (rows[0].x + rows[1].y + rows[2].z) / 3
        guard weight > 0 else { return nil }
        let target = factors ?? Self.usual
        for axis in 0..<3 {
            rows[axis][axis] += Self.inertia * weight / target[axis]
            right[axis] += Self.inertia * weight
        }
        rows[2][2] += Self.depthPull * weight
        right.z += Self.depthPull * weight * Self.usual.z
        // Gauss and Seidel's steps, kept above a factor that no picture goes below.
        var found = target
        for _ in 0..<60 {
            for axis in 0..<3 {
                var rest = right[axis]
                for other in 0..<3 where other != axis { rest -= rows[axis][other] * found[other] }
                found[axis] = max(0.02, rest / rows[axis][axis])
            }
        }
        return found
    }
}
