/// The same networks in the plainest code: slow, easy to check by eye, and what the fast path is compared with.
package struct ReferenceNetwork {
    private let graph: ConvolutionGraph

    /// Takes any graph, merged or not.
    package init(_ graph: ConvolutionGraph) throws(InferenceError) {
        try graph.checkShapes()
        self.graph = graph
    }

    /// The outputs for these inputs, all row-major, in the graph's order.
    package func run(_ inputs: [[Float]]) -> [[Float]] {
        precondition(inputs.count == graph.inputs.count, "one array for each input")
        var tensors = graph.values.map { ReferenceTensor(shape: $0.shape, numbers: $0.constant ?? []) }
        for (value, numbers) in zip(graph.inputs, inputs) {
            precondition(numbers.count == graph.values[value].count, "an input has as many numbers as its shape")
            tensors[value].numbers = numbers
        }
        for node in graph.nodes {
            var result = compute(node, tensors)
            for part in node.epilogue {
                switch part {
                case .activation(let activation): result = result.map(activation.callAsFunction)
                case .add(let other): result = result.adding(tensors[other])
                case .prelu(let slopes): result = result.sloped(tensors[slopes].numbers)
                }
            }
            result.shape = graph.values[node.output].shape
            tensors[node.output] = result
        }
        return graph.outputs.map { tensors[$0].numbers }
    }

    private func compute(_ node: ConvolutionGraph.Node, _ tensors: [ReferenceTensor]) -> ReferenceTensor {
        let x = tensors[node.inputs[0]]
        let bias = node.inputs.count > 2 ? tensors[node.inputs[2]].numbers : nil
        switch node.operation {
        case .convolution(let window): return x.convolved(with: tensors[node.inputs[1]], bias, window)
        case .depthwiseConvolution(let window):
            return x.convolvedDepthwise(with: tensors[node.inputs[1]], bias, window)
        case .fullyConnected: return x.multiplied(by: tensors[node.inputs[1]], bias)
        case .add: return x.adding(tensors[node.inputs[1]])
        case .pad(let before, let after): return x.padded(before: before, after: after)
        case .reshape: return x
        case .maxPool(let window): return x.maxPooled(window)
        case .resizeBilinear: return x.resized(to: graph.values[node.output].extent)
        case .concatenate(let axis): return .concatenating(node.inputs.map { tensors[$0] }, axis: axis)
        case .depthToSpace(let block): return x.depthToSpace(block)
        case .activation(let activation): return x.map(activation.callAsFunction)
        case .prelu: return x.sloped(tensors[node.inputs[1]].numbers)
        case .spatialMean: return x.spatialMean()
        }
    }
}
