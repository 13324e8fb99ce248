/// A trained network ready to classify clips: batch normalisation folded into the convolutions before it. Immutable,
/// so any number of workspaces on any number of threads share it.
package struct TemporalNetwork: Sendable {
    package let layers: TemporalLayers

    /// One block's weights with everything affine folded in.
    fileprivate struct Block: Sendable {
        let adjacency: [Float]
        let graphWeight: [Float]
        let graphBias: [Float]
        let temporalWeight: [Float]
        let projectionWeight: [Float]
        /// Of the temporal convolution and the projection together.
        let bias: [Float]
    }

    fileprivate let blocks: [Block]
    fileprivate let parameters: [Float]

    /// - Parameter parameters: laid out as `layers.layout`.
    package init(layers: TemporalLayers, parameters: [Float]) {
        precondition(parameters.count == layers.layout.count, "one value for each place of the layout")
        _ = MatrixProduct.singleThreaded
        self.layers = layers
        self.parameters = parameters
        blocks = layers.blocks.map { block in
            let graph = block.graphNorm.folded(parameters)
            let temporal = block.temporalNorm.folded(parameters)
            var bias = temporal.shift
            var projection: [Float] = []
            if case .projection(let layer, let norm) = block.residual {
                let folded = norm.folded(parameters)
                projection = Self.scaled(parameters[layer.weight.range], rows: folded.gain)
                for i in bias.indices { bias[i] += folded.shift[i] }
            }
            return Block(
                adjacency: parameters.withUnsafeBufferPointer { block.graph.adjacency($0.baseAddress!) },
                graphWeight: Self.scaled(parameters[block.graph.weight.range], rows: graph.gain),
                graphBias: graph.shift,
                temporalWeight: Self.scaled(parameters[block.temporal.weight.range], rows: temporal.gain),
                projectionWeight: projection, bias: bias)
        }
    }

    private static func scaled(_ weight: ArraySlice<Float>, rows gain: [Float]) -> [Float] {
        let width = weight.count / gain.count
        return weight.enumerated().map { $0.element * gain[$0.offset / width] }
    }
}

/// The buffers in which a network classifies up to a number of clips at once. One a thread.
package final class TemporalWorkspace {
    package let network: TemporalNetwork
    /// The largest batch.
    package let clips: Int

    private let arena: FloatArena
    private let input: UnsafeMutablePointer<Float>
    private let mixed: UnsafeMutablePointer<Float>
    private let hidden: UnsafeMutablePointer<Float>
    private let columns: UnsafeMutablePointer<Float>
    private let outputs: [UnsafeMutablePointer<Float>]
    private let pooled: UnsafeMutablePointer<Float>
    private let logits: UnsafeMutablePointer<Float>

    package init(network: TemporalNetwork, clips: Int) {
        let layers = network.layers
        let extents = layers.extents(clips: clips)
        var (mixedCount, hiddenCount, columnsCount, outputCount) = (0, 0, 0, 0)
        for (index, block) in layers.blocks.enumerated() {
            mixedCount = max(mixedCount, block.graph.mixedCount(extents[index]))
            hiddenCount = max(hiddenCount, block.graph.outputChannels * extents[index].rowCount)
            columnsCount = max(columnsCount, block.temporal.columnsCount(extents[index]))
            if case .projection(let layer, _) = block.residual {
                columnsCount = max(columnsCount, layer.columnsCount(extents[index]))
            }
            outputCount = max(outputCount, block.graph.outputChannels * extents[index + 1].rowCount)
        }
        let inputCount = layers.architecture.inputChannels * extents[0].rowCount
        let headCount = clips * layers.head.channels
        let logitsCount = clips * layers.head.classes
        let all = [
            inputCount, mixedCount, hiddenCount, columnsCount, outputCount, outputCount, headCount, logitsCount,
        ]
        let arena = FloatArena(capacity: all.reduce(0) { $0 + FloatArena.rounded($1) })
        self.network = network
        self.clips = clips
        self.arena = arena
        input = arena.take(inputCount)
        mixed = arena.take(mixedCount)
        hidden = arena.take(hiddenCount)
        columns = arena.take(columnsCount)
        outputs = [arena.take(outputCount), arena.take(outputCount)]
        pooled = arena.take(headCount)
        logits = arena.take(logitsCount)
    }

    /// Classifies `count` clips that `fill` writes.
    ///
    /// - Parameters:
    ///   - count: number of clips, up to `clips`.
    ///   - fill: writes the batch as (C, `count`, T, V).
    ///   - read: sees the logits, (`count`, classes).
    package func run<R>(
        count: Int, fill: (UnsafeMutableBufferPointer<Float>) throws -> Void,
        read: (UnsafeBufferPointer<Float>) throws -> R
    ) rethrows -> R {
        precondition((1...clips).contains(count), "the batch fits the workspace")
        let layers = network.layers
        var extent = BatchExtent(clips: count, frames: layers.architecture.frames, joints: layers.graph.joints)
        try fill(UnsafeMutableBufferPointer(start: input, count: layers.architecture.inputChannels * extent.rowCount))
        var x = UnsafePointer(input)
        for (index, block) in layers.blocks.enumerated() {
            let weights = network.blocks[index]
            let channels = block.graph.outputChannels
            let after = extent.over(frames: block.temporal.outputFrames(extent.frames))
            let output = outputs[index % 2]
            for (channel, bias) in weights.graphBias.enumerated() {
                (hidden + channel * extent.rowCount).update(repeating: bias, count: extent.rowCount)
            }
            block.graph.forward(
                x, extent, weight: weights.graphWeight, adjacency: weights.adjacency, mixed: mixed, into: hidden,
                adding: true)
            RowKernels.rectify(hidden, count: channels * extent.rowCount)
            for (channel, bias) in weights.bias.enumerated() {
                let row = output + channel * after.rowCount
                if case .identity = block.residual {
                    RowKernels.scale(
                        x + channel * after.rowCount, by: 1, offset: bias, into: row, count: after.rowCount)
                } else {
                    row.update(repeating: bias, count: after.rowCount)
                }
            }
            block.temporal.forward(
                hidden, extent, weight: weights.temporalWeight, columns: columns, into: output, adding: true)
            if case .projection(let layer, _) = block.residual {
                layer.forward(
                    x, extent, weight: weights.projectionWeight, columns: columns, into: output, adding: true)
            }
            RowKernels.rectify(output, count: channels * after.rowCount)
            x = UnsafePointer(output)
            extent = after
        }
        layers.head.pool(x, extent, into: pooled)
        network.parameters.withUnsafeBufferPointer {
            layers.head.forward(pooled, clips: count, parameters: $0.baseAddress!, into: logits)
        }
        return try read(UnsafeBufferPointer(start: logits, count: count * layers.head.classes))
    }
}
