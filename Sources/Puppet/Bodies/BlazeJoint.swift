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
