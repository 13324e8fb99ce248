/// Convolution along time, each joint for itself, padded so that output frame t speaks of input frame t · stride.
package struct TemporalConvolution: Sendable, Equatable {
    package let inputChannels: Int
    package let outputChannels: Int
    /// Number of taps, K.
    package let kernel: Int
    package let receptiveField: ReceptiveField
    /// Frames between two taps.
    package let dilation: Int
    /// (outputChannels, inputChannels, K).
    package let weight: ParameterLayout.Slot

    /// - Parameter lookAhead: frames after the frame an output speaks of, a multiple of `dilation`; half of the receptive
    ///   field when nil.
    package init(
        _ name: String, from inputChannels: Int, to outputChannels: Int, kernel: Int, stride: Int = 1,
        dilation: Int = 1, lookAhead: Int? = nil, layout: inout ParameterLayout
    ) {
        precondition(kernel % 2 == 1 || lookAhead != nil, "a centred kernel has an odd number of taps")
        precondition(stride > 0 && dilation > 0, "stride and dilation count frames")
        self.inputChannels = inputChannels
        self.outputChannels = outputChannels
        self.kernel = kernel
        self.dilation = dilation
        receptiveField = ReceptiveField(kernel: kernel, stride: stride, dilation: dilation, lookAhead: lookAhead)
        weight = layout.add(name + ".weight", [outputChannels, inputChannels, kernel], .weight)
    }
}
