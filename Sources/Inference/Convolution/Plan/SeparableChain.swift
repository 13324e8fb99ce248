/// A depthwise convolution with the convolution before it that only it reads, and the 1 x 1 convolution after it that
/// alone reads it: one step does all three, and what lies between them never reaches memory.
struct SeparableChain: Equatable {
    /// Indices of nodes.
    var widening: Int?
    var depthwise: Int
    var narrowing: Int?
}

/// The chains of a graph.
struct SeparableChains {
    private var byLastNode: [Int: SeparableChain] = [:]
    private var absorbed: Set<Int> = []

    init(_ graph: ConvolutionGraph) {
        var makers = [Int?](repeating: nil, count: graph.values.count)
        var readers = [[Int]](repeating: [], count: graph.values.count)
        for (index, node) in graph.nodes.enumerated() {
            makers[node.output] = index
            for value in node.reads { readers[value].append(index) }
        }
        func onlyReader(of value: Int) -> Int? {
            readers[value].count == 1 && !graph.outputs.contains(value) ? readers[value][0] : nil
        }
        for (index, node) in graph.nodes.enumerated() {
            guard case .depthwiseConvolution = node.operation,
                graph.values[node.output].shape.last == graph.values[node.inputs[0]].shape.last
            else { continue }
            var chain = SeparableChain(depthwise: index)
            if let maker = makers[node.inputs[0]], graph.nodes[maker].isConvolution,
                graph.nodes[maker].hasCurveAtMost, onlyReader(of: node.inputs[0]) != nil, !absorbed.contains(maker),
                byLastNode[maker] == nil
            {
                chain.widening = maker
            }
            if node.hasCurveAtMost, let reader = onlyReader(of: node.output), graph.nodes[reader].isPointwise,
                graph.nodes[reader].inputs[0] == node.output
            {
                chain.narrowing = reader
            }
            if let widening = chain.widening { absorbed.insert(widening) }
            if chain.narrowing != nil { absorbed.insert(index) }
            byLastNode[chain.narrowing ?? index] = chain
        }
    }

    /// Whether a node is done by the step of a later one.
    func isAbsorbed(_ node: Int) -> Bool { absorbed.contains(node) }

    func chain(endingAt node: Int) -> SeparableChain? { byLastNode[node] }
}

extension ConvolutionGraph.Node {
    fileprivate var isConvolution: Bool {
        if case .convolution = operation { true } else { false }
    }

    /// Whether at most one curve follows, and nothing else.
    fileprivate var hasCurveAtMost: Bool {
        switch epilogue.first {
        case nil: true
        case .activation(.relu)?, .activation(.relu6)?, .prelu?: epilogue.count == 1
        default: false
        }
    }
}
