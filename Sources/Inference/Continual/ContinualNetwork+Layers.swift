extension ContinualNetwork {
    /// The network of layers that were trained here, batch normalisation folded into the convolutions before it.
    ///
    /// - Parameter parameters: laid out as `layers.layout`.
    package init(layers: TemporalLayers, parameters: [Float]) {
        precondition(parameters.count == layers.layout.count, "one value for each place of the layout")
        self.init(
            joints: layers.graph.joints, inputChannels: layers.architecture.inputChannels,
            classes: layers.head.classes, clipFrames: layers.architecture.frames,
            blocks: layers.blocks.map { Block($0, parameters: parameters) },
            headWeight: Array(parameters[layers.head.weight.range]),
            headBias: Array(parameters[layers.head.bias.range]),
            window: layers.architecture.window, speaksOfJoints: layers.architecture.speaksOfJoints,
            parameterCount: layers.layout.learnedCount)
    }
}

extension ContinualNetwork.Block {
    init(_ block: TemporalLayers.Block, parameters: [Float]) {
        let graphNorm = block.graphNorm.folded(parameters)
        let temporalNorm = block.temporalNorm.folded(parameters)
        let layer = block.graph
        let partitions = layer.graph.partitions
        let joint = parameters[layer.weight.range]
        let weights = (0..<partitions).map { partition in
            (0..<layer.outputChannels).flatMap { output in
                (0..<layer.inputChannels).map { input in
                    graphNorm.gain[output]
                        * joint[joint.startIndex + (output * partitions + partition) * layer.inputChannels + input]
                }
            }
        }
        let joints = layer.graph.joints
        let (inner, innerShift) = Self.path(block.graphPath, channels: layer.outputChannels, parameters: parameters)
        let bias = (0..<layer.outputChannels).map { graphNorm.shift[$0] + innerShift[$0] }
        graph = GraphLayer(
            from: layer.inputChannels, to: layer.outputChannels, joints: joints,
            adjacency: parameters.withUnsafeBufferPointer { layer.adjacency($0.baseAddress!) }, weights: weights,
            bias: bias, shortcut: inner)
        let outputs = block.temporal.outputChannels
        let (shortcut, shift) = Self.path(block.residual, channels: outputs, parameters: parameters)
        let temporalBias = (0..<outputs).map { temporalNorm.shift[$0] + shift[$0] }
        switch block.temporal {
        case .convolution(let convolution):
            temporal = TemporalLayer(
                joints: joints, inputChannels: layer.inputChannels, hiddenChannels: layer.outputChannels,
                outputChannels: outputs, kernel: convolution.kernel, stride: convolution.receptiveField.stride,
                dilation: convolution.dilation, lookAhead: convolution.receptiveField.delay,
                weight: scaled(parameters[convolution.weight.range], rows: temporalNorm.gain), bias: temporalBias,
                shortcut: shortcut)
        case .branched(let branched):
            temporal = BranchedTemporalLayer(
                joints: joints, inputChannels: layer.inputChannels, hiddenChannels: layer.outputChannels,
                outputChannels: outputs, stride: branched.receptiveField.stride, lookAhead: branched.lookAhead,
                branches: Self.branches(branched, parameters: parameters),
                weight: scaled(parameters[branched.joining.weight.range], rows: temporalNorm.gain),
                bias: temporalBias, shortcut: shortcut)
        }
    }

    /// A path around something, and what its normalisation adds.
    private static func path(
        _ residual: TemporalLayers.Residual, channels: Int, parameters: [Float]
    ) -> (shortcut: Shortcut, shift: [Float]) {
        let nothing = [Float](repeating: 0, count: channels)
        switch residual {
        case .none: return (.none, nothing)
        case .identity: return (.identity, nothing)
        case .projection(let layer, let norm):
            let folded = norm.folded(parameters)
            return (.projection(scaled(parameters[layer.weight.range], rows: folded.gain)), folded.shift)
        }
    }

    private static func branches(
        _ layer: BranchedConvolution, parameters: [Float]
    ) -> [BranchedTemporalLayer.Branch] {
        let narrow = layer.narrowNorm.folded(parameters)
        let join = layer.joinNorm.folded(parameters)
        let weight = scaled(parameters[layer.narrowing.weight.range], rows: narrow.gain)
        return layer.paths.map { path in
            let (gain, shift) = (Array(join.gain[path.channels]), Array(join.shift[path.channels]))
            let rows = path.channels.lowerBound * layer.inputChannels..<path.channels.upperBound * layer.inputChannels
            return BranchedTemporalLayer.Branch(
                channels: path.channels.count, weight: Array(weight[rows]), bias: Array(narrow.shift[path.channels]),
                shape: path.branch,
                kind: path.convolution.map {
                    .convolution(weight: scaled(parameters[$0.weight.range], rows: gain), bias: shift)
                } ?? .largest(gain: gain, shift: shift))
        }
    }
}

/// A matrix with each row multiplied by its gain.
func scaled(_ weight: some Collection<Float>, rows gain: [Float]) -> [Float] {
    let width = weight.count / gain.count
    return weight.enumerated().map { $0.element * gain[$0.offset / width] }
}
