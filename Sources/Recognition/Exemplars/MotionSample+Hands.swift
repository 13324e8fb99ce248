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

extension TaughtGesture.Example {
    /// Whether it shows no body.
    package var isOfHandsAlone: Bool { samples.allSatisfy(\.seesHandsAlone) }
}

extension MotionSampler {
    /// A pose as taught gestures see it: where nothing is seen of a body, the wrists of its hands stand for it, in picture
    /// heights.
    package func sampleWithHands(_ pose: Pose, at time: Double, aspectRatio: Float?) -> MotionSample {
        var sample = sample(pose, at: time, aspectRatio: aspectRatio)
        guard sample.seen == 0 else { return sample }
        let aspect = aspectRatio ?? 1
        for hand in pose.hands {
            let joint = hand.side == .left ? MotionSample.Joint.leftWrist : MotionSample.Joint.rightWrist
            let wrist = hand.imagePoints[0]
            sample.points[joint] = SIMD3(wrist.x * aspect, wrist.y, 0)
            sample.seen |= 1 << UInt16(joint)
        }
        return sample
    }
}
