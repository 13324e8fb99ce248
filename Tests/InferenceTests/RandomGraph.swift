import Inference
import TestSupport

/// Grows small convolution networks of random shapes.
struct RandomGraph: CustomStringConvertible {
    enum Kind: Int, CaseIterable {
        case convolution, depthwise, fullyConnected, add, pad, reshape, maxPool, resize, concatenate, depthToSpace
        case relu, relu6, logistic, prelu, mean
    }

    private(set) var graph = ConvolutionGraph(file: "random", values: [], nodes: [], inputs: [], outputs: [])
    private var random: SeededGenerator

    init(seed: UInt64) { random = SeededGenerator(seed: seed) }

    var description: String {
        graph.nodes.map { node in
            let shapes = (node.inputs + [node.output]).map { "\(graph.values[$0].shape)" }
            return "\(node.operation) \(shapes.joined(separator: " "))"
        }.joined(separator: "; ")
    }

    /// Numbers for every input, between -2 and 2.
    mutating func inputs() -> [[Float]] { graph.inputs.map { numbers(graph.values[$0].count, 2) } }

    /// A picture as an input.
    mutating func picture() -> Int {
        let shape = [1, Int.random(in: 1...9, using: &random), Int.random(in: 1...9, using: &random), channels()]
        graph.values.append(ConvolutionGraph.Value(name: "input", shape: shape))
        graph.inputs.append(graph.values.count - 1)
        return graph.values.count - 1
    }

    mutating func output(_ value: Int) {
        if !graph.outputs.contains(value) { graph.outputs.append(value) }
    }

    /// A network of `nodes` operators, each on one of the last few values; some values besides the last are outputs.
    mutating func grow(nodes: Int) {
        var pictures = [picture()]
        let kinds: [Kind] = [
            .convolution, .convolution, .depthwise, .add, .add, .pad, .maxPool, .resize, .concatenate, .relu6, .prelu,
        ]
        for _ in 0..<nodes {
            let kind = kinds.randomElement(using: &random)!
            let source = pictures.suffix(4).randomElement(using: &random)!
            let made = append(kind, to: source, among: pictures)
            if graph.values[made].count <= 6000 { pictures.append(made) }
            if Int.random(in: 0..<5, using: &random) == 0 { output(made) }
        }
        output(pictures.last!)
        graph.outputs.removeAll { graph.inputs.contains($0) }
        if graph.outputs.isEmpty { output(append(.relu, to: pictures[0])) }
    }

    /// Adds an operator on `input` (a picture) and returns what it makes.
    mutating func append(_ kind: Kind, to input: Int, among others: [Int] = []) -> Int {
        let shape = graph.values[input].shape
        let extent = Extent(shape[1], shape[2])
        switch kind {
        case .convolution:
            let window = window(over: extent)
            let count = channels()
            let weights = constant([count, window.kernel.height, window.kernel.width, shape[3]])
            return sliding(.convolution(window), window, [input, weights], count)
        case .depthwise:
            let window = window(over: extent)
            let count = shape[3] * [1, 1, 1, 2].randomElement(using: &random)!
            let weights = constant([1, window.kernel.height, window.kernel.width, count])
            return sliding(.depthwiseConvolution(window), window, [input, weights], count)
        case .fullyConnected:
            let inputs = shape.reduce(1, *)
            let outputs = Int.random(in: 1...20, using: &random)
            return made(.fullyConnected, [input, constant([outputs, inputs]), constant([outputs])], [1, outputs])
        case .add:
            let same = others.filter { graph.values[$0].shape == shape && $0 != input }
            let other = same.randomElement(using: &random) ?? sameShape(as: input)
            return made(.add, [input, other], shape, activation: true)
        case .pad:
            let before = shape.indices.map { $0 == 0 ? 0 : Int.random(in: 0...2, using: &random) }
            var after = shape.indices.map { $0 == 0 ? 0 : Int.random(in: 0...2, using: &random) }
            var inner = before
            if Bool.random(using: &random) { (inner[3], after[3]) = (0, 0) }
            return made(
                .pad(before: inner, after: after), [input], shape.indices.map { inner[$0] + shape[$0] + after[$0] })
        case .reshape: return made(.reshape, [input], [1, shape[1] * shape[2], shape[3]])
        case .maxPool:
            let window = window(over: extent, dilated: false)
            return sliding(.maxPool(window), window, [input], shape[3])
        case .resize:
            let size = [1, 2].randomElement(using: &random)!
            let extra = Int.random(in: 0...3, using: &random)
            return made(.resizeBilinear, [input], [1, extent.height * size + extra, extent.width * size, shape[3]])
        case .concatenate:
            let axis = Int.random(in: 1...3, using: &random)
            var result = shape
            result[axis] *= 2
            return made(.concatenate(axis: axis), [input, sameShape(as: input)], result)
        case .depthToSpace:
            let wide = made(
                .pad(before: [0, 0, 0, 0], after: [0, 0, 0, 3 * shape[3]]), [input], shape.dropLast() + [4 * shape[3]])
            return made(.depthToSpace(block: 2), [wide], [1, shape[1] * 2, shape[2] * 2, shape[3]])
        case .relu: return made(.activation(.relu), [input], shape)
        case .relu6: return made(.activation(.relu6), [input], shape)
        case .logistic: return made(.activation(.logistic), [input], shape)
        case .prelu: return made(.prelu, [input, constant([1, 1, shape[3]])], shape)
        case .mean: return made(.spatialMean, [input], [shape[0], shape[3]])
        }
    }

    /// Another value of this shape, made by a 1 x 1 convolution.
    private mutating func sameShape(as value: Int) -> Int {
        let shape = graph.values[value].shape
        let weights = constant([shape[3], 1, 1, shape[3]])
        return made(.convolution(Window(kernel: Extent(1, 1))), [value, weights, constant([shape[3]])], shape)
    }

    private mutating func sliding(
        _ operation: ConvolutionOperation, _ window: Window, _ inputs: [Int], _ channels: Int
    ) -> Int {
        let picture = graph.values[inputs[0]]
        let extent = window.outputExtent(of: picture.extent)!
        let isConvolution = inputs.count > 1
        let bias = isConvolution && Bool.random(using: &random) ? [constant([channels])] : []
        return made(
            operation, inputs + bias, [picture.shape[0], extent.height, extent.width, channels],
            activation: isConvolution)
    }

    /// A window that fits: padded to keep the size, or not padded and no larger than the picture.
    private mutating func window(over extent: Extent, dilated: Bool = true) -> Window {
        let step = Int.random(in: 1...2, using: &random)
        let stride = Extent(step, step)
        if Bool.random(using: &random) {
            let size = [1, 1, 2, 3, 5].randomElement(using: &random)!
            let far = dilated && Int.random(in: 0..<6, using: &random) == 0 ? 2 : 1
            return Window(kernel: Extent(size, size), stride: stride, dilation: Extent(far, far)).padded(
                toCover: extent)
        }
        let height = Int.random(in: 1...min(3, extent.height), using: &random)
        let width = Int.random(in: 1...min(3, extent.width), using: &random)
        return Window(kernel: Extent(height, width), stride: stride)
    }

    private mutating func channels() -> Int {
        [1, 2, 3, 5, 8, 16, 17, 24, 32, 50, 64, 72].randomElement(using: &random)!
    }

    private mutating func constant(_ shape: [Int]) -> Int {
        let scale = 1.5 / Float(max(1, shape.dropFirst().reduce(1, *))).squareRoot()
        let constant = numbers(shape.reduce(1, *), scale)
        graph.values.append(ConvolutionGraph.Value(name: "constant", shape: shape, constant: constant))
        return graph.values.count - 1
    }

    private mutating func numbers(_ count: Int, _ scale: Float) -> [Float] {
        (0..<count).map { _ in Float.random(in: -scale...scale, using: &random) }
    }

    private mutating func made(
        _ operation: ConvolutionOperation, _ inputs: [Int], _ shape: [Int], activation: Bool = false
    ) -> Int {
        graph.values.append(ConvolutionGraph.Value(name: "value \(graph.values.count)", shape: shape))
        var epilogue: [Epilogue] = []
        if activation, let follow = [Activation.relu, .relu6, nil, nil].randomElement(using: &random)! {
            epilogue = [.activation(follow)]
        }
        graph.nodes.append(
            ConvolutionGraph.Node(operation, inputs: inputs, output: graph.values.count - 1, epilogue: epilogue))
        return graph.values.count - 1
    }
}
