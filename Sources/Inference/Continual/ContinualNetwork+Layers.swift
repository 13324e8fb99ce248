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
            headBias: Array(parameters[layers.head.bias.range]), window: layers.architecture.window,
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
        graph = GraphLayer(
            from: layer.inputChannels, to: layer.outputChannels, joints: layer.graph.joints,
            adjacency: parameters.withUnsafeBufferPointer { layer.adjacency($0.baseAddress!) }, weights: weights,
            bias: graphNorm.shift)
        var bias = temporalNorm.shift
        let shortcut: Shortcut
        switch block.residual {
        case .none: shortcut = .none
        case .identity: shortcut = .identity
        case .projection(let layer, let norm):
            let folded = norm.folded(parameters)
            for i in bias.indices { bias[i] += folded.shift[i] }
            shortcut = .projection(scaled(parameters[layer.weight.range], rows: folded.gain))
        }
        temporal = TemporalLayer(
            joints: layer.graph.joints, inputChannels: layer.inputChannels, hiddenChannels: layer.outputChannels,
            outputChannels: block.temporal.outputChannels, kernel: block.temporal.kernel,
            stride: block.temporal.reach.stride, dilation: block.temporal.dilation,
            lookAhead: block.temporal.reach.delay,
            weight: scaled(parameters[block.temporal.weight.range], rows: temporalNorm.gain), bias: bias,
            shortcut: shortcut)
    }
}

/// A matrix with each row multiplied by its gain.
func scaled(_ weight: some Collection<Float>, rows gain: [Float]) -> [Float] {
    let width = weight.count / gain.count
    return weight.enumerated().map { $0.element * gain[$0.offset / width] }
}
