/// Batch normalisation (Ioffe and Szegedy 2015): each channel to mean 0 and variance 1 over clips, frames and joints,
/// then a learned scale and offset. At inference it is an affine map that the layer before it swallows.
package struct BatchNormalisation: Sendable, Equatable {
    package let channels: Int
    package let scale: ParameterLayout.Slot
    package let offset: ParameterLayout.Slot
    package let mean: ParameterLayout.Slot
    package let variance: ParameterLayout.Slot

    /// Keeps the division tame for channels that hardly vary.
    package static let epsilon: Float = 1e-5

    package init(_ name: String, channels: Int, layout: inout ParameterLayout) {
        self.channels = channels
        scale = layout.add(name + ".scale", [channels], .offset)
        offset = layout.add(name + ".offset", [channels], .offset)
        mean = layout.add(name + ".mean", [channels], .statistic)
        variance = layout.add(name + ".variance", [channels], .statistic)
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
