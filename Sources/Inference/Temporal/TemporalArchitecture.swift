/// The shape of a spatial-temporal graph convolution network: blocks of graph convolution, temporal convolution and a
/// residual path, then mean and linear map (Yan et al. 2018).
package struct TemporalArchitecture: Sendable, Codable, Equatable {
    /// One block.
    package struct Block: Sendable, Codable, Equatable {
        /// Channels that come out.
        package var channels: Int
        /// Taps along time, odd.
        package var kernel: Int
        /// Frames the temporal convolution moves on for each output frame.
        package var stride: Int
        /// Frames between two taps.
        package var dilation: Int

        package init(channels: Int, kernel: Int, stride: Int = 1, dilation: Int = 1) {
            self.channels = channels
            self.kernel = kernel
            self.stride = stride
            self.dilation = dilation
        }
    }

    /// C of the input.
    package var inputChannels: Int
    /// T of the input.
    package var frames: Int
    /// Number of classes.
    package var classes: Int
    package var blocks: [Block]
    /// How neighbours are told apart.
    package var partition: SpatialGraph.Strategy
    /// Whether the joints' adjacency is learned as a whole instead of weighed edge by edge.
    package var isAdaptive: Bool

    package init(
        inputChannels: Int, frames: Int, classes: Int, blocks: [Block], partition: SpatialGraph.Strategy = .spatial,
        isAdaptive: Bool = true
    ) {
        self.inputChannels = inputChannels
        self.frames = frames
        self.classes = classes
        self.blocks = blocks
        self.partition = partition
        self.isAdaptive = isAdaptive
    }

    /// What makes no sense here, in words; nil when all is well.
    package var fault: String? {
        let sizes = [("input_channels", inputChannels, 1...256), ("frames", frames, 2...1024)]
        for (name, value, range) in sizes + [("classes", classes, 1...4096)] where !range.contains(value) {
            return "\(name) is \(value), expected \(range.lowerBound) to \(range.upperBound)"
        }
        guard (1...32).contains(blocks.count) else { return "\(blocks.count) blocks, expected 1 to 32" }
        for (index, block) in blocks.enumerated() {
            let sizes = [
                ("channels", block.channels, 1...1024), ("kernel", block.kernel, 1...31),
                ("stride", block.stride, 1...8),
                ("dilation", block.dilation, 1...16),
            ]
            for (name, value, range) in sizes where !range.contains(value) {
                return "block \(index): \(name) is \(value), expected \(range.lowerBound) to \(range.upperBound)"
            }
            if block.kernel % 2 == 0 { return "block \(index): kernel is \(block.kernel), expected an odd number" }
        }
        return nil
    }

    private enum CodingKeys: String, CodingKey {
        case inputChannels = "input_channels"
        case frames, classes, blocks, partition
        case isAdaptive = "adaptive"
    }
}
