/// Batch normalisation (Ioffe and Szegedy 2015): each channel to mean 0 and variance 1 over clips, frames and joints,
/// then a learned scale and offset. At inference it is an affine map that the layer before it swallows.
package struct BatchNormalisation: Sendable, Equatable {
    package let channels: Int
    package let scale: ParameterLayout.Slot
    package let offset: ParameterLayout.Slot
    package let mean: ParameterLayout.Slot
    package let variance: ParameterLayout.Slot

    /// Keeps the division tame for channels that hardly vary.
    static let epsilon: Float = 1e-5

    package init(_ name: String, channels: Int, layout: inout ParameterLayout) {
        self.channels = channels
        scale = layout.add(name + ".scale", [channels], .offset)
        offset = layout.add(name + ".offset", [channels], .offset)
        mean = layout.add(name + ".mean", [channels], .statistic)
        variance = layout.add(name + ".variance", [channels], .statistic)
    }

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

    /// The affine map that stands for this layer at inference: `y = x · gain + shift` a channel.
    func folded(_ parameters: [Float]) -> (gain: [Float], shift: [Float]) {
        let gain = (0..<channels).map {
            parameters[scale.offset + $0] / (max(parameters[variance.offset + $0], 0) + Self.epsilon).squareRoot()
        }
        let shift = (0..<channels).map { parameters[offset.offset + $0] - gain[$0] * parameters[mean.offset + $0] }
        return (gain, shift)
    }
}
