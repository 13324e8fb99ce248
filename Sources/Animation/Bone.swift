/// The bones of an animated character, parents before children, named as Unity's HumanBodyBones are.
///
/// At rest the character stands as a T and looks along z: y is up, x to its left, and all turns are none.
package enum Bone: Int, Sendable, CaseIterable {
    case hips, spine, chest, neck, head
    case leftShoulder, leftUpperArm, leftLowerArm, leftHand
    case rightShoulder, rightUpperArm, rightLowerArm, rightHand
    case leftUpperLeg, leftLowerLeg, leftFoot
    case rightUpperLeg, rightLowerLeg, rightFoot

    /// The bone it hangs from; nil for the hips.
    package var parent: Bone? {
        switch self {
        case .hips: nil
        case .spine, .leftUpperLeg, .rightUpperLeg: .hips
        case .chest: .spine
        case .neck, .leftShoulder, .rightShoulder: .chest
        default: Bone(rawValue: rawValue - 1)
        }
    }

    /// The name in BVH files, which most programs that map skeletons know.
    package var nameInBVH: String {
        switch self {
        case .hips: "Hips"
        case .spine: "Spine"
        case .chest: "Chest"
        case .neck: "Neck"
        case .head: "Head"
        case .leftShoulder: "LeftShoulder"
        case .leftUpperArm: "LeftArm"
        case .leftLowerArm: "LeftForeArm"
        case .leftHand: "LeftHand"
        case .rightShoulder: "RightShoulder"
        case .rightUpperArm: "RightArm"
        case .rightLowerArm: "RightForeArm"
        case .rightHand: "RightHand"
        case .leftUpperLeg: "LeftUpLeg"
        case .leftLowerLeg: "LeftLeg"
        case .leftFoot: "LeftFoot"
        case .rightUpperLeg: "RightUpLeg"
        case .rightLowerLeg: "RightLeg"
        case .rightFoot: "RightFoot"
        }
    }

    package var children: [Bone] { Bone.allCases.filter { $0.parent == self } }
}
