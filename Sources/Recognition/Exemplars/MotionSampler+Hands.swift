package import Skeleton

extension MotionSampler {
    /// A pose as taught gestures see it: where nothing is seen of a body, the wrists of its hands stand for it, in
    /// picture heights.
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
