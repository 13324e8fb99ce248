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

/// The places of `SkeletonTopology.blazePose33`.
enum BlazeJoint: Int, CaseIterable {
    case nose, leftEyeInner, leftEye, leftEyeOuter, rightEyeInner, rightEye, rightEyeOuter, leftEar, rightEar, mouthLeft
    case mouthRight, leftShoulder, rightShoulder, leftElbow, rightElbow, leftWrist, rightWrist, leftPinky, rightPinky
    case leftIndex, rightIndex, leftThumb, rightThumb, leftHip, rightHip, leftKnee, rightKnee, leftAnkle, rightAnkle
    case leftHeel, rightHeel, leftFootIndex, rightFootIndex

    static func shoulder(_ side: PuppetSide) -> BlazeJoint { side == .left ? .leftShoulder : .rightShoulder }
    static func elbow(_ side: PuppetSide) -> BlazeJoint { side == .left ? .leftElbow : .rightElbow }
    static func wrist(_ side: PuppetSide) -> BlazeJoint { side == .left ? .leftWrist : .rightWrist }
    static func pinky(_ side: PuppetSide) -> BlazeJoint { side == .left ? .leftPinky : .rightPinky }
    static func index(_ side: PuppetSide) -> BlazeJoint { side == .left ? .leftIndex : .rightIndex }
    static func thumb(_ side: PuppetSide) -> BlazeJoint { side == .left ? .leftThumb : .rightThumb }
    static func hip(_ side: PuppetSide) -> BlazeJoint { side == .left ? .leftHip : .rightHip }
    static func knee(_ side: PuppetSide) -> BlazeJoint { side == .left ? .leftKnee : .rightKnee }
    static func ankle(_ side: PuppetSide) -> BlazeJoint { side == .left ? .leftAnkle : .rightAnkle }
    static func heel(_ side: PuppetSide) -> BlazeJoint { side == .left ? .leftHeel : .rightHeel }
    static func toe(_ side: PuppetSide) -> BlazeJoint { side == .left ? .leftFootIndex : .rightFootIndex }
    static func ear(_ side: PuppetSide) -> BlazeJoint { side == .left ? .leftEar : .rightEar }
    static func eye(_ side: PuppetSide) -> BlazeJoint { side == .left ? .leftEye : .rightEye }
    static func eyeInner(_ side: PuppetSide) -> BlazeJoint { side == .left ? .leftEyeInner : .rightEyeInner }
    static func eyeOuter(_ side: PuppetSide) -> BlazeJoint { side == .left ? .leftEyeOuter : .rightEyeOuter }
    static func mouth(_ side: PuppetSide) -> BlazeJoint { side == .left ? .mouthLeft : .mouthRight }
}
