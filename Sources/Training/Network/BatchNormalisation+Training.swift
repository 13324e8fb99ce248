import Inference

extension BatchNormalisation {
    /// Normalises by the batch's own statistics and leaves them in `statistics`.
    ///
    /// - Parameters:
    ///   - x, y: (channels, count); may be the same memory.
    ///   - statistics: receives mean and 1 / standard deviation a channel, 2 · channels values.
    ///   - addend: (channels, count), added to what is normalised; nil for nothing.
    ///   - rectifying: whether what is below 0 after that becomes 0.
    package func forward(
        _ x: UnsafePointer<Float>, count: Int, parameters: UnsafePointer<Float>,
        statistics: UnsafeMutablePointer<Float>, adding addend: UnsafePointer<Float>? = nil, rectifying: Bool = false,
        into y: UnsafeMutablePointer<Float>
    ) {
        for channel in 0..<channels {
            let row = x + channel * count
            let mean = Float(RowKernels.sum(row, count: count) / Double(count))
            let variance = Float(RowKernels.sumOfSquares(row, around: mean, count: count) / Double(count))
            let inverse = 1 / (variance + Self.epsilon).squareRoot()
            statistics[channel] = mean
            statistics[channels + channel] = inverse
            let gain = parameters[scale.offset + channel] * inverse
            RowKernels.scale(
                row, by: gain, offset: parameters[offset.offset + channel] - gain * mean,
                adding: addend.map { $0 + channel * count }, rectifying: rectifying, into: y + channel * count,
                count: count)
        }
    }

    /// Adds to `gradient` (laid out as the parameters; the places of the statistics receive this batch's mean and
    /// variance), and turns the gradient of the output into that of the input, in place.
    package func backward(
        _ x: UnsafePointer<Float>, count: Int, parameters: UnsafePointer<Float>, statistics: UnsafePointer<Float>,
        gradient: UnsafeMutablePointer<Float>, dy: UnsafeMutablePointer<Float>
    ) {
        for channel in 0..<channels {
            let row = x + channel * count
            let rowGradient = dy + channel * count
            let mean = statistics[channel]
            let inverse = statistics[channels + channel]
            let sum = Float(RowKernels.sum(rowGradient, count: count))
            let product =
                Float(RowKernels.sumOfProducts(row, around: mean, with: rowGradient, count: count)) * inverse
            gradient[scale.offset + channel] += product
            gradient[offset.offset + channel] += sum
            gradient[self.mean.offset + channel] += mean
            gradient[variance.offset + channel] += 1 / (inverse * inverse) - Self.epsilon
            // dx = gain · (dy - mean(dy) - x̂ · mean(dy · x̂)), with x̂ = (x - mean) · inverse.
            let gain = parameters[scale.offset + channel] * inverse
            let slope = -gain * product / Float(count) * inverse
            let constant = -gain * sum / Float(count) - slope * mean
            RowKernels.scaleBackward(rowGradient, by: gain, row, slope: slope, constant: constant, count: count)
        }
    }
}
