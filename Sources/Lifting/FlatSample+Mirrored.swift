import Skeleton

extension FlatSample {
    /// For each joint of `common16` the one on the other side.
    package static let twins: [Int] = SkeletonTopology.common16.mirrored

    /// The person seen in a mirror.
    package var mirrored: FlatSample {
        var other = self
        (other.seen, other.hinted) = (0, 0)
        for (joint, twin) in Self.twins.enumerated() {
            other.image[joint] = SIMD2(-image[twin].x, image[twin].y)
            other.hint[joint] = SIMD3(-hint[twin].x, hint[twin].y, hint[twin].z)
            if isSeen(twin) { other.seen |= 1 << UInt16(joint) }
            if isHinted(twin) { other.hinted |= 1 << UInt16(joint) }
        }
        return other
    }
}
