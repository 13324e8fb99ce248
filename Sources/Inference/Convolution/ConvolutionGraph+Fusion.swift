/// Merging nodes so that a result is stored once, finished.
extension ConvolutionGraph {
    /// Folds padding into convolutions, and sums and activations into the node that makes what they work on.
    package mutating func fuse() {
        foldPadding()
        while fuseOne() {}
    }

    /// A convolution of a picture padded with zeros is a convolution with wider padding.
    private mutating func foldPadding() {
        let makers = makers()
        for index in nodes.indices {
            guard let source = makers[nodes[index].inputs[0]],
                case .pad(let before, let after) = nodes[source].operation, nodes[source].epilogue.isEmpty,
                before.count == 4, before[0] + before[3] + after[0] + after[3] == 0
            else { continue }
            // oneDNN goes wrong where a window lies in the padding altogether, so such padding is left alone.
            func widened(_ window: Window) -> Window? {
                var result = window
                result.before = Extent(window.before.height + before[1], window.before.width + before[2])
                result.after = Extent(window.after.height + after[1], window.after.width + after[2])
                let reach = window.reach
                let isCovered =
                    max(result.before.height, result.after.height) < reach.height
                    && max(result.before.width, result.after.width) < reach.width
                return isCovered ? result : nil
            }
            switch nodes[index].operation {
            case .convolution(let window):
                guard let window = widened(window) else { continue }
                nodes[index].operation = .convolution(window)
            case .depthwiseConvolution(let window):
                guard let window = widened(window) else { continue }
                nodes[index].operation = .depthwiseConvolution(window)
            default: continue
            }
            nodes[index].inputs[0] = nodes[source].inputs[0]
        }
        prune()
    }

    /// Merges the first node that can join the one before it; false when none can.
    private mutating func fuseOne() -> Bool {
        let makers = makers()
        var readers = [Int](repeating: 0, count: values.count)
        for node in nodes {
            for value in node.reads { readers[value] += 1 }
        }
        for output in outputs { readers[output] += 1 }

        /// The convolution whose result only this reader sees.
        func soleConvolution(_ value: Int) -> Int? {
            guard readers[value] == 1, let maker = makers[value] else { return nil }
            switch nodes[maker].operation {
            case .convolution, .depthwiseConvolution: return maker
            default: return nil
            }
        }
        for (index, node) in nodes.enumerated() {
            let maker: Int
            let part: Epilogue
            switch node.operation {
            case .add:
                // The later of the two convolutions, so that nothing moves further than it must.
                let candidates = zip(node.inputs, node.inputs.reversed()).compactMap { input, other in
                    soleConvolution(input).map { (maker: $0, other: other) }
                }
                guard let best = candidates.max(by: { $0.maker < $1.maker }) else { continue }
                maker = best.maker
                part = .add(best.other)
            case .prelu:
                guard let found = soleConvolution(node.inputs[0]) else { continue }
                maker = found
                part = .prelu(node.inputs[1])
            case .activation(let activation):
                guard let found = soleConvolution(node.inputs[0]) else { continue }
                maker = found
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

    /// The node that makes each value; nil for inputs and constants.
    private func makers() -> [Int?] {
        var makers = [Int?](repeating: nil, count: values.count)
        for (index, node) in nodes.enumerated() { makers[node.output] = index }
        return makers
    }
}
