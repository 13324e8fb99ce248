/// Merging nodes so that a result is stored once, finished.
extension ConvolutionGraph {
    /// Folds padding into convolutions, enlarges after 1 x 1 convolutions instead of before, and takes sums and
    /// activations into the convolution that makes what they work on. Channels that are dead are left out.
    package mutating func fuse() {
        foldPadding()
        enlargeLater()
        while fuseOne() {}
        removeDeadChannels()
    }

    /// A convolution of a picture padded with zeros is a convolution with wider padding.
    private mutating func foldPadding() {
        let makers = makers()
        for index in nodes.indices {
            guard let source = makers[nodes[index].inputs[0]],
                case .pad(let before, let after) = nodes[source].operation, nodes[source].epilogue.isEmpty,
                before.count == 4, before[0] + before[3] + after[0] + after[3] == 0
            else { continue }
            func widened(_ window: Window) -> Window {
                var result = window
                result.before = Extent(window.before.height + before[1], window.before.width + before[2])
                result.after = Extent(window.after.height + after[1], window.after.width + after[2])
                return result
            }
            switch nodes[index].operation {
            case .convolution(let window):
                nodes[index].operation = .convolution(widened(window))
            case .depthwiseConvolution(let window):
                nodes[index].operation = .depthwiseConvolution(widened(window))
            default: continue
            }
            nodes[index].inputs[0] = nodes[source].inputs[0]
        }
        prune()
    }

    /// A 1 x 1 convolution mixes channels and bilinear resizing mixes cells with weights that sum to one: they commute,
    /// and on the smaller picture the convolution costs less.
    private mutating func enlargeLater() {
        let makers = makers()
        let readers = readerCounts()
        for index in nodes.indices {
            guard case .convolution(let window) = nodes[index].operation, window == Window(kernel: Extent(1, 1)),
                let resize = makers[nodes[index].inputs[0]], nodes[resize].operation == .resizeBilinear,
                nodes[resize].epilogue.isEmpty, readers[nodes[resize].output] == 1
            else { continue }
            let small = values[nodes[resize].inputs[0]]
            guard small.count < values[nodes[resize].output].count else { continue }
            let shape = Array(small.shape.dropLast()) + [values[nodes[index].output].shape[3]]
            values.append(Value(name: "\(values[nodes[index].output].name) before resizing", shape: shape))
            var convolution = nodes[index]
            convolution.inputs[0] = nodes[resize].inputs[0]
            convolution.output = values.count - 1
            convolution.epilogue = []
            nodes[index].operation = .resizeBilinear
            nodes[index].inputs = [values.count - 1]
            nodes[index].label = nodes[resize].label
            nodes[resize] = convolution
        }
    }

    /// Merges the first node that can join the one before it; false when none can.
    private mutating func fuseOne() -> Bool {
        let makers = makers()
        let readers = readerCounts()

        /// The node whose result only this reader sees, where it can go on with it; convolutions do so at no cost.
        func soleMaker(_ value: Int) -> (index: Int, isConvolution: Bool)? {
            guard readers[value] == 1, let maker = makers[value] else { return nil }
            switch nodes[maker].operation {
            case .convolution, .depthwiseConvolution: return (maker, true)
            case .resizeBilinear: return (maker, false)
            default: return nil
            }
        }
        for (index, node) in nodes.enumerated() {
            let maker: Int
            let part: Epilogue
            switch node.operation {
            case .add:
                // Of two convolutions the later one, so that nothing moves further than it must.
                let candidates = zip(node.inputs, node.inputs.reversed()).compactMap { input, other in
                    soleMaker(input).map { (maker: $0.index, rank: $0.isConvolution ? 1 : 0, other: other) }
                }
                guard let best = candidates.max(by: { ($0.rank, $0.maker) < ($1.rank, $1.maker) }) else { continue }
                maker = best.maker
                part = .add(best.other)
            case .prelu:
                guard let found = soleMaker(node.inputs[0]) else { continue }
                maker = found.index
                part = .prelu(node.inputs[1])
            case .activation(let activation):
                guard let found = soleMaker(node.inputs[0]) else { continue }
                maker = found.index
                part = .activation(activation)
            default: continue
            }
            var merged = nodes[maker]
            merged.epilogue += [part] + node.epilogue
            merged.output = node.output
            nodes[index] = merged
            nodes.remove(at: maker)
            return true
        }
        return false
    }

    /// How many nodes and outputs see each value.
    private func readerCounts() -> [Int] {
        var counts = [Int](repeating: 0, count: values.count)
        for node in nodes {
            for value in node.reads { counts[value] += 1 }
        }
        for output in outputs { counts[output] += 1 }
        return counts
    }

    /// The node that makes each value; nil for inputs and constants.
    private func makers() -> [Int?] {
        var makers = [Int?](repeating: nil, count: values.count)
        for (index, node) in nodes.enumerated() { makers[node.output] = index }
        return makers
    }
}
