/// Brings every channel of every joint to mean 0 and deviation 1 over the training data, and hides unseen joints.
package struct FeatureStandardisation: Sendable, Equatable {
    /// (C, V).
    package let mean: [Float]
    /// (C, V); what to multiply with.
    package let scale: [Float]

    package init(mean: [Float], scale: [Float]) {
        precondition(mean.count == scale.count, "a mean and a scale for each channel and joint")
        self.mean = mean
        self.scale = scale
    }

    /// Standardises one frame in place.
    ///
    /// - Parameter frame: (V, C).
    package func apply(toFrame frame: UnsafeMutableBufferPointer<Float>) {
        let channels = MotionFeatures.channels
        let joints = frame.count / channels
        precondition(mean.count == frame.count, "a mean for each channel and joint")
        for joint in 0..<joints {
            let base = joint * channels
            let seen = frame[base + MotionFeatures.seenChannel]
            for channel in 0..<channels where channel != MotionFeatures.seenChannel {
                let value = (frame[base + channel] - mean[channel * joints + joint]) * scale[channel * joints + joint]
                frame[base + channel] = max(-8, min(8, value)) * seen
            }
        }
    }
}
