package import Inference

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

    /// The statistics of a batch of features, (C, N, T, V).
    package init(of features: UnsafeMutableBufferPointer<Float>, extent: BatchExtent) {
        let joints = extent.joints
        let moments = extent.clips * extent.frames
        let channels = features.count / extent.rowCount
        let seenRow = ClipFeatures.seenChannel * extent.rowCount
        var mean = [Float](repeating: 0, count: channels * joints)
        var scale = [Float](repeating: 1, count: channels * joints)
        for channel in 0..<channels where channel != ClipFeatures.seenChannel {
            var deviations = [Double](repeating: 0, count: joints)
            for joint in 0..<joints {
                var (sum, squares, count) = (0.0, 0.0, 0.0)
                for moment in 0..<moments where features[seenRow + moment * joints + joint] > 0 {
                    let value = Double(features[channel * extent.rowCount + moment * joints + joint])
                    sum += value
                    squares += value * value
                    count += 1
                }
                guard count > 0 else { continue }
                deviations[joint] = max(squares / count - sum / count * (sum / count), 0).squareRoot()
                mean[channel * joints + joint] = Float(sum / count)
            }
            // The unrest of joints that hardly move is not to look like movement.
            let common = (deviations.reduce(0) { $0 + $1 * $1 } / Double(joints)).squareRoot()
            for joint in 0..<joints where deviations[joint] > 0 {
                scale[channel * joints + joint] = 1 / Float(max(deviations[joint], common / 2, 0.02))
            }
        }
        self.init(mean: mean, scale: scale)
    }

    /// Standardises a batch in place.
    package func apply(to features: UnsafeMutableBufferPointer<Float>, extent: BatchExtent) {
        let joints = extent.joints
        let channels = features.count / extent.rowCount
        let seen = UnsafeMutableBufferPointer(
            rebasing: features[
                ClipFeatures.seenChannel * extent.rowCount..<(ClipFeatures.seenChannel + 1) * extent.rowCount])
        for channel in 0..<channels where channel != ClipFeatures.seenChannel {
            for moment in 0..<extent.clips * extent.frames {
                let first = channel * extent.rowCount + moment * joints
                for joint in 0..<joints {
                    let value =
                        (features[first + joint] - mean[channel * joints + joint]) * scale[channel * joints + joint]
                    let bounded = max(-8, min(8, value))
                    features[first + joint] = bounded * seen[moment * joints + joint]
                }
            }
        }
    }
}
