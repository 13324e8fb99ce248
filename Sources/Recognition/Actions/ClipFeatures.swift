import Skeleton

/// Turns T motion samples into the channels a network sees, all from one pass over the joints.
///
/// For each joint: place (x, y, z), bone to the parent (x, y, z), velocity (x, y, z), whether it was seen, and the
/// velocity of the pelvis through space (x, y, z). Lengths are in torso lengths, times in seconds.
package struct ClipFeatures: Sendable {
    /// C.
    package static let channels = 13
    /// The channel that says whether a joint was seen.
    static let seenChannel = 9

    package let normalisation: PoseNormalisation

    package init(normalisation: PoseNormalisation) { self.normalisation = normalisation }

    /// Writes the features of one clip into a batch.
    ///
    /// - Parameters:
    ///   - samples: T samples, evenly spaced in time.
    ///   - target: the batch, (C, `clips`, T, V).
    ///   - clip: which of the `clips` to write.
    package func write(
        _ samples: [MotionSample], clip: Int, of clips: Int, into target: UnsafeMutableBufferPointer<Float>
    ) {
        let joints = MotionSample.jointCount
        let frames = samples.count
        precondition(
            target.count == Self.channels * clips * frames * joints, "the batch has room for (C, N, T, V)")
        precondition(frames > 1, "velocity needs two frames")
        var body = NormalisedMotion(samples, normalisation: normalisation)
        body.fillGaps()
        let step = max(Float(samples[frames - 1].time - samples[0].time) / Float(frames - 1), 1e-3)
        let row = clips * frames * joints
        for frame in 0..<frames {
            let (previous, next) = (max(0, frame - 1), min(frames - 1, frame + 1))
            let span = step * Float(next - previous)
            let root = (body.roots[next] - body.roots[previous]) / span
            for joint in 0..<joints {
                let at = (clip * frames + frame) * joints + joint
                let point = body.points[frame * joints + joint]
                let bone = point - body.points[frame * joints + Self.parents[joint]]
                let velocity = (body.points[next * joints + joint] - body.points[previous * joints + joint]) / span
                for axis in 0..<3 {
                    target[axis * row + at] = point[axis]
                    target[(3 + axis) * row + at] = bone[axis]
                    target[(6 + axis) * row + at] = velocity[axis]
                    target[(10 + axis) * row + at] = root[axis]
                }
                target[Self.seenChannel * row + at] = samples[frame].isSeen(joint) ? 1 : 0
            }
        }
    }

    /// The joint each joint hangs from; the pelvis from itself.
    static let parents: [Int] = {
        var parents = Array(0..<MotionSample.jointCount)
        for edge in SkeletonTopology.common16.inwardEdges { parents[edge.child] = edge.parent }
        return parents
    }()
}
