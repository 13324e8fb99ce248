/// How long the bones of one person are, in metres.
package struct BoneLengths: Sendable, Equatable {
    /// Half the distance between the hips.
    package var hip: Float = 0.09
    /// From the middle of the hips to that of the shoulders.
    package var trunk: Float = 0.5
    package var neck: Float = 0.2
    /// Half the distance between the shoulders; left, right.
    package var shoulder: [Float] = [0.17, 0.17]
    package var upperArm: [Float] = [0.28, 0.28]
    package var lowerArm: [Float] = [0.25, 0.25]
    package var hand: [Float] = [0.09, 0.09]
    package var thigh: [Float] = [0.42, 0.42]
    package var shank: [Float] = [0.42, 0.42]
    package var foot: [Float] = [0.17, 0.17]

    /// An adult's.
    package init() {}

    /// The medians over a motion; an adult's where something is never seen.
    ///
    /// - Parameter points: one entry a `BodyPoint` for each frame.
    package init(of points: [[SIMD3<Float>?]]) {
        func median(_ a: BodyPoint, _ b: BodyPoint, or usual: Float) -> Float {
            let lengths = points.compactMap { frame -> Float? in
                guard let p = frame[a.rawValue], let q = frame[b.rawValue] else { return nil }
                let length = dot(p - q, p - q).squareRoot()
                return length.isFinite ? length : nil
            }.sorted()
            return lengths.isEmpty ? usual : max(lengths[lengths.count / 2], 0.01)
        }
        hip = median(.leftHip, .rightHip, or: 2 * hip) / 2
        trunk = median(.pelvis, .neck, or: trunk)
        neck = median(.neck, .head, or: neck)
        shoulder = [
            median(.neck, .leftShoulder, or: shoulder[0]), median(.neck, .rightShoulder, or: shoulder[1]),
        ]
        upperArm = [
            median(.leftShoulder, .leftElbow, or: upperArm[0]), median(.rightShoulder, .rightElbow, or: upperArm[1]),
        ]
        lowerArm = [
            median(.leftElbow, .leftWrist, or: lowerArm[0]), median(.rightElbow, .rightWrist, or: lowerArm[1]),
        ]
        hand = [median(.leftWrist, .leftHand, or: hand[0]), median(.rightWrist, .rightHand, or: hand[1])]
        thigh = [median(.leftHip, .leftKnee, or: thigh[0]), median(.rightHip, .rightKnee, or: thigh[1])]
        shank = [median(.leftKnee, .leftAnkle, or: shank[0]), median(.rightKnee, .rightAnkle, or: shank[1])]
        foot = [median(.leftAnkle, .leftToe, or: foot[0]), median(.rightAnkle, .rightToe, or: foot[1])]
    }

    /// Where a bone begins, as its parent sees it at rest.
    package func offset(of bone: Bone) -> SIMD3<Float> {
        switch bone {
        case .hips: .zero
        case .spine: [0, Self.spineShare * trunk, 0]
        case .chest: [0, Self.chestShare * trunk, 0]
        case .neck, .leftShoulder, .rightShoulder: [0, (1 - Self.spineShare - Self.chestShare) * trunk, 0]
        case .head: [0, neck, 0]
        case .leftUpperArm: [shoulder[0], 0, 0]
        case .rightUpperArm: [-shoulder[1], 0, 0]
        case .leftLowerArm: [upperArm[0], 0, 0]
        case .rightLowerArm: [-upperArm[1], 0, 0]
        case .leftHand: [lowerArm[0], 0, 0]
        case .rightHand: [-lowerArm[1], 0, 0]
        case .leftUpperLeg: [hip, 0, 0]
        case .rightUpperLeg: [-hip, 0, 0]
        case .leftLowerLeg: [0, -thigh[0], 0]
        case .rightLowerLeg: [0, -thigh[1], 0]
        case .leftFoot: [0, -shank[0], 0]
        case .rightFoot: [0, -shank[1], 0]
        }
    }

    /// Where a bone without children ends, as it sees it itself; nil for the others.
    package func end(of bone: Bone) -> SIMD3<Float>? {
        switch bone {
        case .head: [0, 0.12, 0]
        case .leftHand: [hand[0], 0, 0]
        case .rightHand: [-hand[1], 0, 0]
        case .leftFoot: [0, 0, foot[0]]
        case .rightFoot: [0, 0, foot[1]]
        default: nil
        }
    }

    private static let spineShare: Float = 0.2
    private static let chestShare: Float = 0.35
}
