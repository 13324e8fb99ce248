import Puppet
import Randomness
import Skeleton

/// Makes bones longer or shorter, left and right alike, and the whole body larger or smaller.
struct BodyChange {
    private var factors: [Float]
    private let size: Float

    init(_ deviation: Float, using stream: inout SplitMix64) {
        let edges = SkeletonTopology.blazePose33.inwardEdges
        factors = [Float](repeating: 1, count: SkeletonTopology.blazePose33.count)
        let mirrored = SkeletonTopology.blazePose33.mirrored
        for edge in edges where edge.child >= 13 {
            let twin = mirrored[edge.child]
            factors[edge.child] = twin < edge.child ? factors[twin] : max(0.7, 1 + deviation * stream.normal())
        }
        size = max(0.75, 1 + deviation * stream.normal())
    }

    func applied(to skeleton: PuppetSkeleton) -> PuppetSkeleton {
        var changed = skeleton
        for (joint, parent) in Self.limbs {
            changed.joints[joint] =
                changed.joints[parent] + (skeleton.joints[joint] - skeleton.joints[parent]) * factors[joint]
        }
        for joint in changed.joints.indices { changed.joints[joint] *= size }
        changed.pelvis *= size
        changed.spine *= size
        changed.neck *= size
        return changed
    }

    /// Limbs of `blazePose33`, from the trunk outwards: joint and what it hangs from.
    private static let limbs: [(joint: Int, parent: Int)] = [
        (13, 11), (14, 12), (15, 13), (16, 14), (17, 15), (18, 16), (19, 15), (20, 16), (21, 15), (22, 16), (25, 23),
        (26, 24), (27, 25), (28, 26), (29, 27), (30, 28), (31, 27), (32, 28),
    ]
}
