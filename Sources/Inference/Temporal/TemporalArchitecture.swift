/// The shape of a spatial-temporal graph convolution network: blocks of graph convolution, temporal convolution and a
/// residual path, then mean and linear map (Yan et al. 2018).
package struct TemporalArchitecture: Sendable, Codable, Equatable {
    /// One block.
    package struct Block: Sendable, Codable, Equatable {
        /// Channels that come out.
        package var channels: Int
        /// Taps along time; odd where nothing is said about `lookAhead`.
        package var kernel: Int
        /// Frames the temporal convolution moves on for each output frame.
        package var stride: Int
        /// Frames between two taps.
        package var dilation: Int
        /// How many frames of the temporal convolution's reach come after the frame its output speaks of: a multiple
        /// of `dilation` up to (kernel - 1) · dilation, 0 for a causal one; nil for half of them.
        package var lookAhead: Int?

        package init(channels: Int, kernel: Int, stride: Int = 1, dilation: Int = 1, lookAhead: Int? = nil) {
            self.channels = channels
            self.kernel = kernel
            self.stride = stride
            self.dilation = dilation
            self.lookAhead = lookAhead
        }

        /// Of the temporal convolution.
        package var reach: TemporalReach {
            TemporalReach(kernel: kernel, stride: stride, dilation: dilation, lookAhead: lookAhead)
        }

        /// What makes no sense here, in words; nil when all is well.
        fileprivate var fault: String? {
            let sizes = [
                ("channels", channels, 1...1024), ("kernel", kernel, 1...31), ("stride", stride, 1...8),
                ("dilation", dilation, 1...16),
            ]
            for (name, value, range) in sizes where !range.contains(value) {
                return "\(name) is \(value), expected \(range.lowerBound) to \(range.upperBound)"
            }
            guard let lookAhead else {
                return kernel % 2 == 0 ? "kernel is \(kernel), expected an odd number, or a look_ahead" : nil
            }
            let most = (kernel - 1) * dilation
            guard (0...most).contains(lookAhead), lookAhead % dilation == 0 else {
                return "look_ahead is \(lookAhead), expected a multiple of dilation (\(dilation)) up to \(most)"
            }
            return nil
        }

        private enum CodingKeys: String, CodingKey {
            case channels, kernel, stride, dilation
            case lookAhead = "look_ahead"
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
    /// How many frames of features a prediction is the mean of: the last ones that have seen every frame they look at.
    /// All that come out of a clip when nil.
    package var window: Int?

    package init(
        inputChannels: Int, frames: Int, classes: Int, blocks: [Block], partition: SpatialGraph.Strategy = .spatial,
        isAdaptive: Bool = true, window: Int? = nil
    ) {
        self.inputChannels = inputChannels
        self.frames = frames
        self.classes = classes
        self.blocks = blocks
        self.partition = partition
        self.isAdaptive = isAdaptive
        self.window = window
    }

    /// Of all blocks: which frames shape one frame of features, and when it is there.
    package var reach: TemporalReach { blocks.reduce(.frame) { $0.followed(by: $1.reach) } }

    /// What makes no sense here, in words; nil when all is well.
    package var fault: String? {
        let sizes = [("input_channels", inputChannels, 1...256), ("frames", frames, 2...1024)]
        for (name, value, range) in sizes + [("classes", classes, 1...4096)] where !range.contains(value) {
            return "\(name) is \(value), expected \(range.lowerBound) to \(range.upperBound)"
        }
        guard (1...32).contains(blocks.count) else { return "\(blocks.count) blocks, expected 1 to 32" }
        for (index, block) in blocks.enumerated() {
            if let fault = block.fault { return "block \(index): \(fault)" }
        }
        if let window {
            let most = reach.settledOutputs(frames)
            guard (1...max(most, 1)).contains(window), most > 0 else {
                return "window is \(window), expected 1 to \(most), the frames of features a clip settles"
            }
        }
        return nil
    }

    private enum CodingKeys: String, CodingKey {
        case inputChannels = "input_channels"
        case frames, classes, blocks, partition, window
        case isAdaptive = "adaptive"
    }
}
