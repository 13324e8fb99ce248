import Inference
import TestSupport
import Testing

/// Channels whose depthwise weights are all zero.
struct DeadChannelTests {
    @Test("channels read with zeros only are left out, and the outputs stay what they were", arguments: 0..<20)
    func leftOut(seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed))
        let channels = Int.random(in: 2...40, using: &random)
        let dead = (0..<channels).shuffled(using: &random).prefix(Int.random(in: 1..<channels, using: &random))
        let graph = Self.chain(channels: channels, dead: Set(dead), &random)
        let picture = (0..<6 * 5 * 3).map { _ in Float.random(in: -2...2, using: &random) }
        let expected = try ReferenceNetwork(graph).run([picture])[0]
        let network = try ConvolutionNetwork(ConvolutionModel(graph))
        let alive = channels - dead.count
        #expect(network.model.multiplyAdds == 30 * (3 * alive + 9 * alive + 4 * alive))
        network.withInput { _ = $0.update(from: picture) }
        network.run()
        expectClose(network.withOutput(0) { Array($0) }, expected, tolerance: 1e-4, "seed \(seed)")
    }

    @Test("a network with only dead channels still gives their constants")
    func allDead() throws {
        var random = SeededGenerator(seed: 1)
        let graph = Self.chain(channels: 5, dead: Set(0..<5), &random)
        let picture = [Float](repeating: 1, count: 6 * 5 * 3)
        let expected = try ReferenceNetwork(graph).run([picture])[0]
        let network = try ConvolutionNetwork(ConvolutionModel(graph))
        network.withInput { _ = $0.update(from: picture) }
        network.run()
        expectClose(network.withOutput(0) { Array($0) }, expected, tolerance: 1e-4)
    }

    /// A picture of 6 x 5 x 3 widened, convolved channel by channel and narrowed to 4, with every kind of curve.
    private static func chain(
        channels: Int, dead: Set<Int>, _ random: inout SeededGenerator
    ) -> ConvolutionGraph {
        var graph = ConvolutionGraph(
            file: "chain", values: [.init(name: "picture", shape: [1, 6, 5, 3])], nodes: [], inputs: [0], outputs: [])
        func add(_ shape: [Int], _ constant: [Float]? = nil) -> Int {
            graph.values.append(.init(name: "value", shape: shape, constant: constant))
            return graph.values.count - 1
        }
        func numbers(_ count: Int) -> [Float] { (0..<count).map { _ in Float.random(in: -1...1, using: &random) } }
        let wide = [1, 6, 5, channels]
        let slopes = add([1, 1, channels], numbers(channels))
        let widened = add(wide)
        graph.nodes.append(
            .init(
                .convolution(Window(kernel: Extent(1, 1))),
                inputs: [0, add([channels, 1, 1, 3], numbers(3 * channels)), add([channels], numbers(channels))],
                output: widened, epilogue: [.prelu(slopes)]))
        let taps = numbers(9 * channels).enumerated().map { dead.contains($0 % channels) ? 0 : $1 }
        let middle = add(wide)
        graph.nodes.append(
            .init(
                .depthwiseConvolution(Window(kernel: Extent(3, 3)).padded(toCover: Extent(6, 5))),
                inputs: [widened, add([1, 3, 3, channels], taps), add([channels], numbers(channels))],
                output: middle, epilogue: [.prelu(slopes), .activation(.relu6)]))
        let narrow = add([1, 6, 5, 4])
        graph.nodes.append(
            .init(
                .convolution(Window(kernel: Extent(1, 1))),
                inputs: [middle, add([4, 1, 1, channels], numbers(4 * channels))], output: narrow))
        graph.outputs = [narrow]
        return graph
    }
}
