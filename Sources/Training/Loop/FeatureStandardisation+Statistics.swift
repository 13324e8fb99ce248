import Inference
import Recognition

extension FeatureStandardisation {
    /// The statistics of a batch of features, (C, N, T, V).
    init(of features: UnsafeMutableBufferPointer<Float>, extent: BatchExtent) {
        let joints = extent.joints
        let moments = extent.clips * extent.frames
        let channels = features.count / extent.rowCount
        let seenRow = MotionFeatures.seenChannel * extent.rowCount
        var mean = [Float](repeating: 0, count: channels * joints)
        var scale = [Float](repeating: 1, count: channels * joints)
        for channel in 0..<channels where channel != MotionFeatures.seenChannel {
            for joint in 0..<joints {
                var (sum, squares, count) = (0.0, 0.0, 0.0)
                for moment in 0..<moments where features[seenRow + moment * joints + joint] > 0 {
                    let value = Double(features[channel * extent.rowCount + moment * joints + joint])
                    sum += value
                    squares += value * value
                    count += 1
                }
                guard count > 0 else { continue }
                let deviation = max(squares / count - sum / count * (sum / count), 0).squareRoot()
                mean[channel * joints + joint] = Float(sum / count)
                scale[channel * joints + joint] = 1 / Float(max(deviation, 0.02))
            }
        }
        self.init(mean: mean, scale: scale)
    }
}
