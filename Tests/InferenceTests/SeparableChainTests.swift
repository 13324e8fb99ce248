import Inference
import TestSupport
import Testing

/// Chains of a convolution, a depthwise convolution and a 1 x 1 convolution, large enough to be worked off in strips of
/// rows and chunks of channels.
struct SeparableChainTests {
    struct Case: CustomTestStringConvertible, Sendable {
        var extent: (Int, Int)
        /// Channels of the picture, between the convolutions, and of the result; 0 where there is no such convolution.
        var picture: Int
        var middle: Int
        var result: Int
        var kernel: Int
        var stride: Int
        /// Kernel and stride of the first convolution.
        var first = (1, 1)

        var testDescription: String {
            "\(extent), \(picture) to \(middle) to \(result), kernel \(kernel), stride \(stride), first \(first)"
        }
    }

    @Test(
        "a chain agrees with its plain reference on every kind of processor",
        arguments: [
            Case(extent: (40, 44), picture: 5, middle: 50, result: 7, kernel: 3, stride: 1),
            Case(extent: (41, 43), picture: 4, middle: 50, result: 20, kernel: 5, stride: 2),
            Case(extent: (47, 40), picture: 33, middle: 33, result: 9, kernel: 5, stride: 1, first: (0, 0)),
            Case(extent: (6, 7), picture: 20, middle: 200, result: 90, kernel: 5, stride: 1),
            Case(extent: (9, 5), picture: 12, middle: 168, result: 24, kernel: 3, stride: 2),
            Case(extent: (7, 7), picture: 200, middle: 200, result: 72, kernel: 3, stride: 1, first: (0, 0)),
            Case(extent: (5, 4), picture: 70, middle: 150, result: 0, kernel: 4, stride: 3),
            Case(extent: (50, 46), picture: 3, middle: 24, result: 16, kernel: 3, stride: 1, first: (3, 2)),
            Case(extent: (21, 90), picture: 2, middle: 9, result: 40, kernel: 3, stride: 2, first: (5, 1)),
        ])
    func agrees(test: Case) throws {
        var random = SeededGenerator(seed: 31)
        let graph = Self.graph(test, &random)
        let numbers = Self.numbers(graph.values[graph.inputs[0]].count, 1, &random)
        let expected = try ReferenceNetwork(graph).run([numbers])[0]
        for kernels in ConvolutionKernels.allCases where kernels.isAvailable {
            let network = ConvolutionNetwork(try ConvolutionModel(graph, kernels: kernels))
            network.withInput { _ = $0.update(from: numbers) }
            for _ in 0..<2 {
                network.run()
                let found = network.withOutput(0) { Array($0) }
                expectClose(found, expected, tolerance: 2e-5 * max(1, expected.map(abs).max() ?? 1), "\(kernels)")
            }
        }
    }

    @Test("a product agrees with its plain reference for every number of cells and blocks in a tile")
    func products() throws {
        var random = SeededGenerator(seed: 32)
        for cells in [1, 2, 3, 5, 7, 8, 9, 11, 12, 13, 16, 17, 29] {
            for outputs in [1, 8, 9, 16, 24, 33, 40, 56, 64, 72, 80, 88, 100] {
                let inputs = Int.random(in: 1...37, using: &random)
                var graph = Graph(extent: (1, cells), channels: inputs)
                graph.convolve(outputs, kernel: 1, stride: 1, curve: .relu6, &random)
                let numbers = Self.numbers(cells * inputs, 2, &random)
                let expected = try ReferenceNetwork(graph.finished).run([numbers])[0]
                for kernels in ConvolutionKernels.allCases where kernels.isAvailable {
                    let network = ConvolutionNetwork(try ConvolutionModel(graph.finished, kernels: kernels))
                    network.withInput { _ = $0.update(from: numbers) }
                    network.run()
                    expectClose(
                        network.withOutput(0) { Array($0) }, expected, tolerance: 1e-4,
                        "\(kernels), \(cells) cells, \(inputs) to \(outputs)")
                }
            }
        }
    }

    private static func graph(_ test: Case, _ random: inout SeededGenerator) -> ConvolutionGraph {
        var graph = Graph(extent: test.extent, channels: test.picture)
        if test.first.0 > 0 {
            graph.convolve(test.middle, kernel: test.first.0, stride: test.first.1, curve: .relu6, &random)
        }
        graph.convolveDepthwise(kernel: test.kernel, stride: test.stride, curve: .relu, &random)
        if test.result > 0 { graph.convolve(test.result, kernel: 1, stride: 1, curve: nil, &random) }
        return graph.finished
    }

    private static func numbers(_ count: Int, _ scale: Float, _ random: inout SeededGenerator) -> [Float] {
        (0..<count).map { _ in Float.random(in: -scale...scale, using: &random) }
    }

    /// One operator after the other, each on what the one before made.
    private struct Graph {
        private var graph: ConvolutionGraph
        private var last = 0

        init(extent: (Int, Int), channels: Int) {
            graph = ConvolutionGraph(
                file: "chain", values: [.init(name: "picture", shape: [1, extent.0, extent.1, channels])], nodes: [],
                inputs: [0], outputs: [])
        }

        var finished: ConvolutionGraph {
            var result = graph
            result.outputs = [last]
            return result
        }

        mutating func convolve(
            _ outputs: Int, kernel: Int, stride: Int, curve: Activation?, _ random: inout SeededGenerator
        ) {
            let channels = graph.values[last].shape[3]
            append(outputs, [outputs, kernel, kernel, channels], kernel, stride, curve, &random) { .convolution($0) }
        }

        mutating func convolveDepthwise(
            kernel: Int, stride: Int, curve: Activation?, _ random: inout SeededGenerator
        ) {
            let channels = graph.values[last].shape[3]
            append(channels, [1, kernel, kernel, channels], kernel, stride, curve, &random) {
                .depthwiseConvolution($0)
            }
        }

        private mutating func append(
            _ channels: Int, _ shape: [Int], _ kernel: Int, _ stride: Int, _ curve: Activation?,
            _ random: inout SeededGenerator, _ operation: (Window) -> ConvolutionOperation
        ) {
            let picture = graph.values[last].extent
            let window = Window(kernel: Extent(kernel, kernel), stride: Extent(stride, stride))
                .padded(toCover: picture)
            let result = window.outputExtent(of: picture)!
            let count = shape.reduce(1, *)
            let scale = 1.5 / Float(count / max(shape[0], 1)).squareRoot()
            let first = graph.values.count
            graph.values += [
                .init(name: "weights", shape: shape, constant: numbers(count, scale, &random)),
                .init(name: "bias", shape: [channels], constant: numbers(channels, 1, &random)),
                .init(name: "value", shape: [1, result.height, result.width, channels]),
            ]
            graph.nodes.append(
                .init(
                    operation(window), inputs: [last, first, first + 1], output: first + 2,
                    epilogue: curve.map { [.activation($0)] } ?? []))
            last = first + 2
        }
    }
}
