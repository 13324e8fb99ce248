extension FeatureStandardisation {
    /// Standardises one frame in place, to the very numbers that a batch would get.
    ///
    /// - Parameter frame: (V, C).
    package func apply(toFrame frame: UnsafeMutableBufferPointer<Float>) {
        let channels = ClipFeatures.channels
        let joints = frame.count / channels
        precondition(mean.count == frame.count, "a mean for each channel and joint")
        for joint in 0..<joints {
            let base = joint * channels
            let seen = frame[base + ClipFeatures.seenChannel]
            for channel in 0..<channels where channel != ClipFeatures.seenChannel {
                let value = (frame[base + channel] - mean[channel * joints + joint]) * scale[channel * joints + joint]
                frame[base + channel] = max(-8, min(8, value)) * seen
            }
        }
    }
}
