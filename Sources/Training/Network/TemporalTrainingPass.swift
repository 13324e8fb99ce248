package import Inference
package import Randomness

/// Forward and backward through a network for one batch, with the buffers that takes. Runs on one thread; workers
/// have one each. Batch statistics are those of the batch at hand (ghost batch normalisation, Hoffer et al. 2017).
package final class TemporalTrainingPass {
    package let layers: TemporalLayers
    /// The largest batch.
    package let clips: Int

    /// What a block's forward leaves for its backward.
    private struct Record {
        let mixed: UnsafeMutablePointer<Float>
        let gathered: UnsafeMutablePointer<Float>
        let hidden: UnsafeMutablePointer<Float>
        let convolved: UnsafeMutablePointer<Float>
        let projected: UnsafeMutablePointer<Float>
        let output: UnsafeMutablePointer<Float>
        let statistics: UnsafeMutablePointer<Float>
        /// The graph convolution's path, before it is normalised.
        let around: UnsafeMutablePointer<Float>
        let branched: BranchedConvolution.Record?
    }

    /// Of the last forward: the frames that each row of logits is over.
    private var windows: [Range<Int>] = []
    private let arena: FloatArena
    private let input: UnsafeMutablePointer<Float>
    private let records: [Record]
    private let columns: UnsafeMutablePointer<Float>
    private let slopes: [UnsafeMutablePointer<Float>]
    private let pooled: UnsafeMutablePointer<Float>
    private let mask: UnsafeMutablePointer<Float>
    private let logits: UnsafeMutablePointer<Float>

    package init(layers: TemporalLayers, clips: Int) {
        self.layers = layers
        self.clips = clips
        let sizes = Sizes(layers: layers, clips: clips)
        let arena = FloatArena(capacity: sizes.total)
        self.arena = arena
        input = arena.take(sizes.input)
        records = sizes.records.map { size in
            let parts = size.map { arena.take($0) }
            return Record(
                mixed: parts[0], gathered: parts[1], hidden: parts[2], convolved: parts[3], projected: parts[4],
                output: parts[5], statistics: parts[6], around: parts[7],
                branched: parts.count > 8 ? BranchedConvolution.Record(parts[8...]) : nil)
        }
        columns = arena.take(2 * sizes.columns)
        slopes = (0..<sizes.slopes).map { _ in arena.take(sizes.slope) }
        pooled = arena.take(sizes.head)
        mask = arena.take(sizes.mask)
        logits = arena.take(sizes.logits)
    }

    /// Bytes that the buffers of a pass take.
    package static func byteCount(layers: TemporalLayers, clips: Int) -> Int {
        4 * Sizes(layers: layers, clips: clips).total
    }

    /// How many numbers each buffer holds.
    private struct Sizes {
        /// Those of a block's record, in the order of `Record`.
        private(set) var records: [[Int]] = []
        private(set) var columns = 0
        private(set) var slope: Int
        /// How many slopes there are.
        let slopes: Int
        let input: Int
        let head: Int
        let mask: Int
        let logits: Int

        init(layers: TemporalLayers, clips: Int) {
            let extents = layers.extents(clips: clips)
            input = layers.architecture.inputChannels * extents[0].rowCount
            let rows = clips * layers.outputFrames
            head = rows * layers.head.channels
            logits = rows * layers.head.classes * (layers.architecture.speaksOfJoints ? layers.graph.joints : 1)
            mask = clips * layers.head.channels
            slope = input
            columns = head
            var hasBranches = false
            for (index, block) in layers.blocks.enumerated() {
                let before = block.graph.outputChannels * extents[index].rowCount
                let after = block.temporal.outputChannels * extents[index + 1].rowCount
                var (projected, around) = (0, 0)
                if case .projection(let layer, _) = block.residual {
                    projected = after
                    columns = max(columns, layer.columnsCount(extents[index]))
                }
                if case .projection = block.graphPath { around = before }
                records.append(
                    [
                        block.graph.mixedCount(extents[index]), before, before, after, projected, after,
                        8 * block.graph.outputChannels, around,
                    ] + block.temporal.counts(extents[index]))
                if case .branched = block.temporal { hasBranches = true }
                columns = max(columns, block.temporal.columnsCount(extents[index]))
                slope = max(slope, before, after)
            }
            slopes = hasBranches ? 5 : 4
        }

        /// Numbers of them all, each on cache lines of its own.
        var total: Int {
            let all =
                records.flatMap { $0 } + [input, 2 * columns, head, mask, logits]
                + [Int](repeating: slope, count: slopes)
            return all.reduce(0) { $0 + FloatArena.rounded($1) }
        }
    }

    /// Lets `body` write the batch, (C, N, T, V) for `clips` clips.
    package func withInput<R>(_ body: (UnsafeMutableBufferPointer<Float>) throws -> R) rethrows -> R {
        let count = layers.architecture.inputChannels * layers.extents(clips: clips)[0].rowCount
        return try body(UnsafeMutableBufferPointer(start: input, count: count))
    }

    /// Runs the batch and classifies each of its output frames by its own window of features, as the clip form does in
    /// `ClipWorkspace.runDense`.
    ///
    /// - Parameters:
    ///   - parameters: laid out as `layers.layout`.
    ///   - dropout: share of features silenced, 0 for none; the same ones all through a clip (Gal and Ghahramani 2016).
    ///   - stream: says which.
    /// - Returns: logits, (N, `layers.outputFrames`, classes).
    package func forward(
        _ parameters: UnsafePointer<Float>, dropout: Float = 0, stream: inout SplitMix64
    ) -> [Float] {
        windows = (0..<layers.outputFrames).map(layers.featureWindow.ofOutput)
        let extents = layers.extents(clips: clips)
        let x = features(parameters)
        let head = layers.head
        head.pool(x, extents[layers.blocks.count], windows: windows, into: pooled)
        let kept = 1 - dropout
        for i in 0..<clips * head.channels { mask[i] = dropout > 0 && stream.chance(dropout) ? 0 : 1 / kept }
        silence(pooled)
        let rows = clips * windows.count
        head.forward(pooled, rows: rows, parameters: parameters, into: logits)
        return Array(UnsafeBufferPointer(start: logits, count: rows * head.classes))
    }

    /// Runs the batch and says something of each joint in each of its output frames.
    ///
    /// - Parameter parameters: laid out as `layers.layout`, of an architecture with joint outputs.
    /// - Returns: (classes, N, `layers.outputFrames`, V), valid until the next call.
    package func forwardJoints(_ parameters: UnsafePointer<Float>) -> UnsafeBufferPointer<Float> {
        let rows = layers.extents(clips: clips)[layers.blocks.count].rowCount
        layers.head.forwardJoints(features(parameters), rows: rows, parameters: parameters, into: logits)
        return UnsafeBufferPointer(start: logits, count: rows * layers.head.classes)
    }

    /// The last block's output, (C, N, T', V).
    private func features(_ parameters: UnsafePointer<Float>) -> UnsafePointer<Float> {
        let extents = layers.extents(clips: clips)
        var x = UnsafePointer(input)
        for (index, block) in layers.blocks.enumerated() {
            let record = records[index]
            let (before, after) = (extents[index], extents[index + 1])
            let channels = block.graph.outputChannels
            block.graph.forward(
                x, before, weight: parameters + block.graph.weight.offset,
                adjacency: block.graph.adjacency(parameters), mixed: record.mixed, into: record.gathered)
            block.graphNorm.forward(
                record.gathered, count: before.rowCount, parameters: parameters, statistics: record.statistics,
                adding: around(
                    block.graphPath, of: x, before, before, parameters: parameters, raw: record.around,
                    statistics: record.statistics + 6 * channels), rectifying: true, into: record.hidden)
            switch block.temporal {
            case .convolution(let layer):
                layer.forward(
                    record.hidden, before, weight: parameters + layer.weight.offset, columns: columns,
                    into: record.convolved)
            case .branched(let layer):
                guard let branched = record.branched else { preconditionFailure("a block with branches records them") }
                layer.forward(
                    record.hidden, before, parameters: parameters, columns: columns, record: branched,
                    into: record.convolved)
            }
            block.temporalNorm.forward(
                record.convolved, count: after.rowCount, parameters: parameters,
                statistics: record.statistics + 2 * channels,
                adding: around(
                    block.residual, of: x, before, after, parameters: parameters, raw: record.projected,
                    statistics: record.statistics + 4 * channels), rectifying: true, into: record.output)
            x = UnsafePointer(record.output)
        }
        return x
    }

    /// What goes around, valid until the next call; nil for nothing.
    ///
    /// - Parameter raw: receives it as it is before normalisation, which `backward` needs.
    private func around(
        _ path: TemporalLayers.Residual, of x: UnsafePointer<Float>, _ before: BatchExtent, _ after: BatchExtent,
        parameters: UnsafePointer<Float>, raw: UnsafeMutablePointer<Float>, statistics: UnsafeMutablePointer<Float>
    ) -> UnsafePointer<Float>? {
        switch path {
        case .none: return nil
        case .identity: return x
        case .projection(let layer, let norm):
            layer.forward(x, before, weight: parameters + layer.weight.offset, columns: columns, into: raw)
            norm.forward(raw, count: after.rowCount, parameters: parameters, statistics: statistics, into: slopes[0])
            return UnsafePointer(slopes[0])
        }
    }

    /// Multiplies each clip's rows of features by its mask.
    private func silence(_ rows: UnsafeMutablePointer<Float>) {
        let channels = layers.head.channels
        for row in 0..<clips * windows.count {
            RowKernels.multiply(rows + row * channels, by: mask + row / windows.count * channels, count: channels)
        }
    }

    /// Adds the gradient of the last forward to `gradient`, laid out as the parameters; the places of running
    /// statistics receive this batch's own.
    ///
    /// - Parameter logitsGradient: gradient of the loss with respect to the logits that forward gave.
    package func backward(
        _ parameters: UnsafePointer<Float>, logitsGradient: [Float], addingTo gradient: UnsafeMutablePointer<Float>
    ) {
        let head = layers.head
        let dPooled = columns
        precondition(
            logitsGradient.count == clips * windows.count * head.classes,
            "a gradient for each logit of the last forward")
        logitsGradient.withUnsafeBufferPointer {
            head.backward(
                pooled, rows: clips * windows.count, parameters: parameters, dLogits: $0.baseAddress!,
                gradient: gradient,
                into: dPooled)
        }
        silence(dPooled)
        let extent = layers.extents(clips: clips)[layers.blocks.count]
        head.poolBackward(dPooled, extent, windows: windows, into: slopes[0])
        backward(parameters, addingTo: gradient)
    }

    /// The same for `forwardJoints`.
    ///
    /// - Parameter outputsGradient: (classes, N, T', V).
    package func backwardJoints(
        _ parameters: UnsafePointer<Float>, outputsGradient: UnsafePointer<Float>,
        addingTo gradient: UnsafeMutablePointer<Float>
    ) {
        guard let last = records.last else { preconditionFailure("a network has blocks") }
        let rows = layers.extents(clips: clips)[layers.blocks.count].rowCount
        layers.head.backwardJoints(
            last.output, rows: rows, parameters: parameters, dOutputs: outputsGradient, gradient: gradient,
            into: slopes[0])
        backward(parameters, addingTo: gradient)
    }

    /// Through the blocks, from the gradient of the last one's output in `slopes[0]`.
    private func backward(_ parameters: UnsafePointer<Float>, addingTo gradient: UnsafeMutablePointer<Float>) {
        let extents = layers.extents(clips: clips)
        // The gradient travels between two buffers; two more serve inside a block.
        var (dy, dx) = (slopes[0], slopes[1])
        let (dHidden, dProjected) = (slopes[2], slopes[3])
        for (index, block) in layers.blocks.enumerated().reversed() {
            let record = records[index]
            let x = UnsafePointer(index == 0 ? input : records[index - 1].output)
            let (before, after) = (extents[index], extents[index + 1])
            let channels = block.graph.outputChannels
            let count = channels * after.rowCount
            RowKernels.rectifyBackward(dy, where: record.output, count: count)
            let inputCount = block.graph.inputChannels * before.rowCount
            switch block.residual {
            case .none: break
            case .identity: dx.update(from: dy, count: inputCount)
            case .projection(let layer, let norm):
                dx.update(repeating: 0, count: inputCount)
                dProjected.update(from: dy, count: count)
                norm.backward(
                    record.projected, count: after.rowCount, parameters: parameters,
                    statistics: record.statistics + 4 * channels, gradient: gradient, dy: dProjected)
                layer.backward(
                    x, before, parameters: parameters, columns: columns, dy: dProjected, gradient: gradient,
                    addingTo: dx)
            }
            block.temporalNorm.backward(
                record.convolved, count: after.rowCount, parameters: parameters,
                statistics: record.statistics + 2 * channels, gradient: gradient, dy: dy)
            dHidden.update(repeating: 0, count: channels * before.rowCount)
            switch block.temporal {
            case .convolution(let layer):
                layer.backward(
                    record.hidden, before, parameters: parameters, columns: columns, dy: dy, gradient: gradient,
                    addingTo: dHidden)
            case .branched(let layer):
                guard let branched = record.branched else { preconditionFailure("a block with branches records them") }
                layer.backward(
                    record.hidden, before, parameters: parameters, columns: columns, record: branched, dy: dy,
                    dJoined: dProjected, dNarrowed: slopes[4], gradient: gradient, addingTo: dHidden)
            }
            RowKernels.rectifyBackward(dHidden, where: record.hidden, count: channels * before.rowCount)
            switch block.graphPath {
            case .none: break
            case .identity: RowKernels.add(dHidden, to: dx, count: inputCount)
            case .projection(let layer, let norm):
                dProjected.update(from: dHidden, count: channels * before.rowCount)
                norm.backward(
                    record.around, count: before.rowCount, parameters: parameters,
                    statistics: record.statistics + 6 * channels, gradient: gradient, dy: dProjected)
                layer.backward(
                    x, before, parameters: parameters, columns: columns, dy: dProjected, gradient: gradient,
                    addingTo: index == 0 ? nil : dx)
            }
            block.graphNorm.backward(
                record.gathered, count: before.rowCount, parameters: parameters, statistics: record.statistics,
                gradient: gradient, dy: dHidden)
            block.graph.backward(
                x, before, parameters: parameters, mixed: record.mixed, dy: dHidden, gradient: gradient,
                addingTo: index == 0 ? nil : dx)
            swap(&dy, &dx)
        }
    }
}
