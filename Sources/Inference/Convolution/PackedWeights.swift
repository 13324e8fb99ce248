/// A node's weights as oneDNN names their axes: (output C, input C, height, width), with a group axis before them for
/// depthwise convolutions. The numbers stay as they lie in the file; the strides say how.
struct PackedWeights {
    let dimensions: [Int]
    let strides: [Int]
    let numbers: [Float]
    /// One number an output channel; zeros where the node has no bias.
    let bias: [Float]
    /// (N, C, height, width) of what the convolution reads and writes.
    let sourceDimensions: [Int]
    let destinationDimensions: [Int]

    init(_ node: ConvolutionGraph.Node, _ graph: ConvolutionGraph) {
        let weights = graph.values[node.inputs[1]]
        guard let constant = weights.constant else {
            preconditionFailure("weights are constants once a graph is checked")
        }
        numbers = constant
        let shape = weights.shape
        let source = graph.values[node.inputs[0]]
        let output = graph.values[node.output]
        let channels: Int
        switch node.operation {
        case .fullyConnected:
            channels = shape[0]
            dimensions = [channels, shape[1], 1, 1]
            strides = [shape[1], 1, 1, 1]
            sourceDimensions = [source.count / shape[1], shape[1], 1, 1]
            destinationDimensions = [source.count / shape[1], channels, 1, 1]
        case .depthwiseConvolution:
            channels = shape[3]
            let groups = source.shape[3]
            dimensions = [groups, channels / groups, 1, shape[1], shape[2]]
            strides = [channels / groups, 1, 1, shape[2] * channels, channels]
            sourceDimensions = [source.shape[0], groups, source.shape[1], source.shape[2]]
            destinationDimensions = [output.shape[0], channels, output.shape[1], output.shape[2]]
        default:
            channels = shape[0]
            dimensions = [channels, shape[3], shape[1], shape[2]]
            strides = [shape[1] * shape[2] * shape[3], 1, shape[2] * shape[3], shape[3]]
            sourceDimensions = [source.shape[0], source.shape[3], source.shape[1], source.shape[2]]
            destinationDimensions = [output.shape[0], channels, output.shape[1], output.shape[2]]
        }
        bias =
            node.inputs.count > 2
            ? graph.values[node.inputs[2]].constant ?? [] : [Float](repeating: 0, count: channels)
    }
}
