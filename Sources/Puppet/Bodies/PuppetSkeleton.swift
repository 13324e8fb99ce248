import Skeleton

/// Where every joint of a puppet is at one moment, in metres: y up, the floor at 0.
///
/// Seen from above, x grows to the left of somebody who is headed along z.
package struct PuppetSkeleton: Sendable, Equatable {
    /// The joints of `SkeletonTopology.blazePose33`, in its order.
    package var joints: [SIMD3<Float>]
    /// Middle of the hips, of the back, of the shoulders; base of the skull; top of the head.
    package var pelvis: SIMD3<Float>
    package var spine: SIMD3<Float>
    package var neck: SIMD3<Float>
    package var skull: SIMD3<Float>
    package var headTop: SIMD3<Float>
    /// Directions of the head's own axes: to its left, up and forward.
    package var headLeft: SIMD3<Float>
    package var headForward: SIMD3<Float>

    /// A joint by its place in `blazePose33`.
    subscript(joint: BlazeJoint) -> SIMD3<Float> {
        get { joints[joint.rawValue] }
        set { joints[joint.rawValue] = newValue }
    }

    /// A joint by its name in `blazePose33`.
    package func joint(_ name: String) -> SIMD3<Float> {
        guard let index = SkeletonTopology.blazePose33.index(of: name) else {
            preconditionFailure("blazePose33 has no joint \(name)")
        }
        return joints[index]
    }

    /// The skeleton turned to the left by `heading` about the origin and then moved to `place` on the floor.
    package func placed(at place: SIMD3<Float>, heading: Float) -> PuppetSkeleton {
        let turn = Quaternion.turn(heading)
        var moved = self
        moved.joints = joints.map { turn * $0 + place }
        moved.pelvis = turn * pelvis + place
        moved.spine = turn * spine + place
        moved.neck = turn * neck + place
        moved.skull = turn * skull + place
        moved.headTop = turn * headTop + place
        moved.headLeft = turn * headLeft
        moved.headForward = turn * headForward
        return moved
    }
}
