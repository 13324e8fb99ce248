/// The shape of a spatial-temporal graph convolution network: blocks of graph convolution, temporal convolution and a
/// residual path, then mean and linear map (Yan et al. 2018).
package struct TemporalArchitecture: Sendable, Codable, Equatable {
    /// One block.
    package struct Block: Sendable, Codable, Equatable {
        /// Channels that come out.
        package var channels: Int
        /// Taps along time; odd where nothing is said about `lookAhead`, 1 beside `branches`.
        package var kernel: Int
        /// Frames the temporal convolution moves on for each output frame.
        package var stride: Int
        /// Frames between two taps.
        package var dilation: Int
        /// How many frames of the temporal convolution's receptive field come after the frame its output speaks of: a multiple
        /// of `dilation` up to (kernel - 1) · dilation, 0 for a causal one; nil for half of them.
        package var lookAhead: Int?
        /// What looks along time in place of one convolution; no branch looks further ahead than `lookAhead`.
        package var branches: [TemporalBranch]?

        package init(
            channels: Int, kernel: Int = 1, stride: Int = 1, dilation: Int = 1, lookAhead: Int? = nil,
            branches: [TemporalBranch]? = nil
        ) {
            self.channels = channels
            self.kernel = kernel
            self.stride = stride
            self.dilation = dilation
            self.lookAhead = lookAhead
            self.branches = branches
        }

        package init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            let branches = try container.decodeIfPresent([TemporalBranch].self, forKey: .branches)
            self.init(
                channels: try container.decode(Int.self, forKey: .channels),
                kernel: branches != nil && !container.contains(.kernel)
                    ? 1 : try container.decode(Int.self, forKey: .kernel),
                stride: try container.decodeIfPresent(Int.self, forKey: .stride) ?? 1,
                dilation: try container.decodeIfPresent(Int.self, forKey: .dilation) ?? 1,
                lookAhead: try container.decodeIfPresent(Int.self, forKey: .lookAhead),
                branches: branches)
        }

        /// Of what looks along time.
        package var receptiveField: ReceptiveField {
            guard let branches else {
                return ReceptiveField(kernel: kernel, stride: stride, dilation: dilation, lookAhead: lookAhead)
            }
            return TemporalBranch.receptiveField(branches, stride: stride, lookAhead: lookAhead)
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
            if let branches { return fault(of: branches) }
            guard let lookAhead else {
                return kernel % 2 == 0 ? "kernel is \(kernel), expected an odd number, or a look_ahead" : nil
            }
            let most = (kernel - 1) * dilation
            guard (0...most).contains(lookAhead), lookAhead % dilation == 0 else {
                return "look_ahead is \(lookAhead), expected a multiple of dilation (\(dilation)) up to \(most)"
            }
            return nil
        }

        private func fault(of branches: [TemporalBranch]) -> String? {
            guard kernel == 1, dilation == 1 else { return "expected no kernel or dilation beside branches" }
            guard (1...min(16, channels)).contains(branches.count) else {
                return "\(branches.count) branches, expected 1 to \(min(16, channels))"
            }
            for (index, branch) in branches.enumerated() {
                for (name, value, range) in [("kernel", branch.kernel, 1...31), ("dilation", branch.dilation, 1...16)]
                where !range.contains(value) {
                    return "branch \(index): \(name) is \(value), expected \(range.lowerBound) to \(range.upperBound)"
                }
                if lookAhead == nil, branch.kernel % 2 == 0 {
                    return "branch \(index): kernel is \(branch.kernel), expected an odd number, or a look_ahead"
                }
            }
            let most = branches.reduce(0) { max($0, ($1.kernel - 1) * $1.dilation) }
            if let lookAhead, !(0...most).contains(lookAhead) {
                return "look_ahead is \(lookAhead), expected 0 to \(most)"
            }
            return nil
        }

        private enum CodingKeys: String, CodingKey {
            case channels, kernel, stride, dilation, branches
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
    /// Whether a path goes around each graph convolution as well (Duan et al. 2022); not when nil.
    package var hasGraphPath: Bool?
    /// Whether the head says something of each joint in each frame instead of one thing of the body; not when nil.
    /// `classes` are then the numbers it says of a joint.
    package var hasJointOutputs: Bool?

    package init(
        inputChannels: Int, frames: Int, classes: Int, blocks: [Block], partition: SpatialGraph.Strategy = .spatial,
        isAdaptive: Bool = true, window: Int? = nil, hasJointOutputs: Bool? = nil
    ) {
        self.inputChannels = inputChannels
        self.frames = frames
        self.classes = classes
        self.blocks = blocks
        self.partition = partition
        self.isAdaptive = isAdaptive
        self.window = window
        self.hasJointOutputs = hasJointOutputs
    }

    /// Whether the head says something of each joint.
    package var speaksOfJoints: Bool { hasJointOutputs == true }

    /// Of all blocks: which frames shape one frame of features, and when it is there.
    package var receptiveField: ReceptiveField { blocks.reduce(.frame) { $0.followed(by: $1.receptiveField) } }

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
        if speaksOfJoints, window != 1 || receptiveField.stride != 1 {
            return "expected a window of 1 and strides of 1 beside joint_outputs"
        }
        if let window {
            let most = receptiveField.settledOutputs(frames)
            guard most > 0 else {
                return "expected clips of more frames than the \(receptiveField.delay) that the blocks look ahead, "
                    + "found \(frames)"
            }
            guard (1...most).contains(window) else {
                return "window is \(window), expected 1 to \(most), the frames of features a clip settles"
            }
        }
        return nil
    }

    private enum CodingKeys: String, CodingKey {
        case inputChannels = "input_channels"
        case frames, classes, blocks, partition, window
        case isAdaptive = "adaptive"
        case hasGraphPath = "graph_path"
        case hasJointOutputs = "joint_outputs"
    }
}
