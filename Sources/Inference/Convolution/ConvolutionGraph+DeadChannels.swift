/// Channels that a trained network has given up: pruning and half precision leave depthwise weights that are all zero.
extension ConvolutionGraph {
    /// Leaves out the channels between two convolutions that the depthwise convolution between them reads with zeros
    /// only. Such a channel is the same everywhere, whatever the picture: what it adds goes into the second
    /// convolution's bias.
    mutating func removeDeadChannels() {
        for index in nodes.indices {
            guard let (widening, narrowing) = surroundings(of: index) else { continue }
            let node = nodes[index]
            let channels = values[node.output].shape[3]
            let taps = values[node.inputs[1]].constant ?? []
            var isAlive = [Bool](repeating: false, count: channels)
            for (i, tap) in taps.enumerated() where tap != 0 { isAlive[i % channels] = true }
            let kept = (0..<channels).filter { isAlive[$0] }
            guard kept.count < channels, !kept.isEmpty else { continue }
            addConstants(of: node, where: isAlive, to: narrowing)
            keep(kept, outputsOf: widening)
            keep(kept, outputsOf: index)
            let weights = values[nodes[narrowing].inputs[1]]
            nodes[narrowing].inputs[1] = appended(
                weights, weights.shape.dropLast() + [kept.count], numbers(weights, axisLast: kept))
        }
    }

    /// The convolution that alone makes what a depthwise node reads, and the 1 x 1 convolution that alone reads what it
    /// makes.
    private func surroundings(of index: Int) -> (widening: Int, narrowing: Int)? {
        let node = nodes[index]
        guard case .depthwiseConvolution = node.operation, node.hasCurvesOnly,
            values[node.output].shape[3] == values[node.inputs[0]].shape[3],
            let widening = nodes.firstIndex(where: { $0.output == node.inputs[0] }),
            case .convolution = nodes[widening].operation, nodes[widening].hasCurvesOnly,
            onlyReader(of: node.inputs[0]) == index, let narrowing = onlyReader(of: node.output),
            nodes[narrowing].isPointwise, nodes[narrowing].inputs[0] == node.output
        else { return nil }
        return (widening, narrowing)
    }

    private func onlyReader(of value: Int) -> Int? {
        let readers = nodes.indices.filter { nodes[$0].reads.contains(value) }
        return readers.count == 1 && !outputs.contains(value) ? readers[0] : nil
    }

    /// Adds what dead channels always hold, times their weights, to the bias of the convolution that reads them.
    private mutating func addConstants(of node: Node, where isAlive: [Bool], to narrowing: Int) {
        let bias = node.inputs.count > 2 ? values[node.inputs[2]].constant ?? [] : []
        let weights = values[nodes[narrowing].inputs[1]]
        let outputs = weights.shape[0]
        var sums = [Float](repeating: 0, count: outputs)
        if nodes[narrowing].inputs.count > 2 { sums = values[nodes[narrowing].inputs[2]].constant ?? sums }
        for channel in isAlive.indices where !isAlive[channel] && !bias.isEmpty {
            let level = node.epilogue.reduce(bias[channel]) { level, part in
                switch part {
                case .activation(let activation): activation(level)
                case .prelu(let slopes): level < 0 ? level * (values[slopes].constant?[channel] ?? 1) : level
                case .add: level
                }
            }
            for output in 0..<outputs {
                sums[output] += level * (weights.constant?[output * isAlive.count + channel] ?? 0)
            }
        }
        let value = appended(weights, [outputs], sums)
        nodes[narrowing].inputs = Array(nodes[narrowing].inputs.prefix(2)) + [value]
    }

    /// Keeps some of the channels that a convolution makes.
    private mutating func keep(_ kept: [Int], outputsOf index: Int) {
        let node = nodes[index]
        let weights = values[node.inputs[1]]
        if case .depthwiseConvolution = node.operation {
            nodes[index].inputs[1] = appended(
                weights, weights.shape.dropLast() + [kept.count], numbers(weights, axisLast: kept))
        } else {
            let row = weights.count / weights.shape[0]
            let rows = kept.flatMap { (weights.constant ?? [])[$0 * row..<($0 + 1) * row] }
            nodes[index].inputs[1] = appended(weights, [kept.count] + weights.shape.dropFirst(), rows)
        }
        if node.inputs.count > 2 { nodes[index].inputs[2] = keeping(kept, of: node.inputs[2]) }
        nodes[index].epilogue = node.epilogue.map { part in
            if case .prelu(let slopes) = part { .prelu(keeping(kept, of: slopes)) } else { part }
        }
        values[node.output].shape[3] = kept.count
    }

    private mutating func keeping(_ kept: [Int], of value: Int) -> Int {
        let numbers = values[value].constant ?? []
        return appended(values[value], [kept.count], kept.map { numbers[$0] })
    }

    private func numbers(_ value: Value, axisLast kept: [Int]) -> [Float] {
        let numbers = value.constant ?? []
        let row = value.shape.last ?? 1
        return stride(from: 0, to: numbers.count, by: row).flatMap { start in kept.map { numbers[start + $0] } }
    }

    private mutating func appended(_ value: Value, _ shape: [Int], _ numbers: [Float]) -> Int {
        values.append(Value(name: value.name, shape: shape, constant: numbers))
        return values.count - 1
    }
}

extension ConvolutionGraph.Node {
    /// Whether the node is a 1 x 1 convolution.
    var isPointwise: Bool { operation == .convolution(Window(kernel: Extent(1, 1))) }

    fileprivate var hasCurvesOnly: Bool {
        epilogue.allSatisfy { if case .add = $0 { false } else { true } }
    }
}
