package import Skeleton

extension MotionSample {
    private static let hands: UInt16 = 1 << UInt16(Joint.leftWrist) | 1 << UInt16(Joint.rightWrist)

    /// Whether no joint but wrists was seen.
    var seesHandsAlone: Bool { seen & ~Self.hands == 0 }
}

extension [MotionSample] {
    /// Those in which enough is seen to be an example: of bodies six joints; where there is no body, a hand.
    package var showing: [MotionSample] {
        let bodies = filter { $0.seen.nonzeroBitCount >= 6 }
        return bodies.isEmpty ? filter { $0.seen != 0 && $0.seesHandsAlone } : bodies
    }
}
