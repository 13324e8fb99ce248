import Randomness

/// The layers of an architecture over a skeleton's graph, and where each finds its weights. Holds no weights itself.
package struct TemporalLayers: Sendable, Equatable {
    /// Graph convolution, temporal convolution, and the path around both.
    package struct Block: Sendable, Equatable {
        package let graph: GraphConvolution
        package let graphNorm: BatchNormalisation
        /// The path around the graph convolution.
        package let graphPath: Residual
        package let temporal: TemporalMap
        package let temporalNorm: BatchNormalisation
        package let residual: Residual
    }

    /// The path around a block or a graph convolution.
    package enum Residual: Sendable, Equatable {
        /// The first block's input is no feature map yet: nothing goes around it.
        case none
        case identity
        case projection(TemporalConvolution, BatchNormalisation)
    }

    package let architecture: TemporalArchitecture
    package let graph: SpatialGraph
    package let layout: ParameterLayout
    package let blocks: [Block]
    package let head: ClassificationHead
    /// Which frames of features a prediction is the mean of.
    package let featureWindow: FeatureWindow

    /// - Parameters:
    ///   - architecture: without fault.
    ///   - joints, edges, center: the skeleton's graph, as `SpatialGraph` takes it.
    package init(architecture: TemporalArchitecture, joints: Int, edges: [(Int, Int)], center: Int) {
        precondition(architecture.fault == nil, "the architecture was checked when it was read")
        let graph = SpatialGraph(joints: joints, edges: edges, center: center, strategy: architecture.partition)
        var layout = ParameterLayout()
        var channels = architecture.inputChannels
        blocks = architecture.blocks.enumerated().map { index, block in
            let name = "blocks.\(index)"
            defer { channels = block.channels }
            func path(_ part: String, stride: Int) -> Residual {
                guard channels != block.channels || stride > 1 else { return .identity }
                return .projection(
                    TemporalConvolution(
                        "\(name).\(part)", from: channels, to: block.channels, kernel: 1, stride: stride,
                        layout: &layout),
                    BatchNormalisation("\(name).\(part)_norm", channels: block.channels, layout: &layout))
            }
            return Block(
                graph: GraphConvolution(
                    name + ".graph", from: channels, to: block.channels, graph: graph,
                    isAdaptive: architecture.isAdaptive, layout: &layout),
                graphNorm: BatchNormalisation(name + ".graph_norm", channels: block.channels, layout: &layout),
                graphPath: architecture.hasGraphPath == true ? path("graph_path", stride: 1) : .none,
                temporal: TemporalMap(name + ".temporal", block, layout: &layout),
                temporalNorm: BatchNormalisation(name + ".temporal_norm", channels: block.channels, layout: &layout),
                residual: index == 0 ? .none : path("residual", stride: block.stride))
        }
        head = ClassificationHead("head", channels: channels, classes: architecture.classes, layout: &layout)
        self.architecture = architecture
        self.graph = graph
        self.layout = layout
        featureWindow = FeatureWindow(
            receptiveField: architecture.receptiveField, length: architecture.window, clipFrames: architecture.frames)
    }

    /// T', the frames of features that come out of a clip. Output t speaks of input frame
    /// `featureWindow.receptiveField.inputFrame(of: t)`.
    package var outputFrames: Int { featureWindow.receptiveField.outputFrames(architecture.frames) }

    /// Random weights to start training from (He et al. 2015), the same for the same seed.
    package func initialParameters(seed: UInt64) -> [Float] {
        var stream = SplitMix64(seed: seed)
        var parameters = [Float](repeating: 0, count: layout.count)
        func fill(_ slot: ParameterLayout.Slot, deviation: Float) {
            for i in slot.range { parameters[i] = stream.normal() * deviation }
        }
        func reset(_ norm: BatchNormalisation) {
            for i in norm.scale.range { parameters[i] = 1 }
            for i in norm.variance.range { parameters[i] = 1 }
        }
        for block in blocks {
            fill(block.graph.weight, deviation: (2 / Float(block.graph.inputChannels)).squareRoot())
            for (i, value) in zip(block.graph.importance.range, block.graph.initialImportance) { parameters[i] = value }
            for layer in block.temporal.convolutions {
                fill(layer.weight, deviation: (2 / Float(layer.inputChannels * layer.kernel)).squareRoot())
            }
            for norm in [block.graphNorm, block.temporalNorm] + block.temporal.norms { reset(norm) }
            for path in [block.residual, block.graphPath] {
                guard case .projection(let layer, let norm) = path else { continue }
                fill(layer.weight, deviation: (1 / Float(layer.inputChannels)).squareRoot())
                reset(norm)
            }
        }
        fill(head.weight, deviation: (1 / Float(head.channels)).squareRoot())
        return parameters
    }
}
