import Inference
import TestSupport
import Testing

/// What a run asks for. oneDNN makes a small table of arguments on every call, and frees it; nothing else may allocate.
struct ConvolutionAllocationTests {
    @Test("a run that only moves numbers allocates nothing")
    func copies() throws {
        var builder = RandomGraph(seed: 3)
        let picture = builder.picture()
        let padded = builder.append(.pad, to: picture)
        builder.output(builder.append(.reshape, to: builder.append(.depthToSpace, to: padded)))
        let network = try ConvolutionNetwork(builder.graph)
        network.run()
        #expect(allocations { for _ in 0..<10 { network.run() } } == 0)
    }

    @Test("a run allocates oneDNN's argument tables alone: a few per operator, the same every time")
    func argumentTables() throws {
        let network = try ConvolutionNetwork(contentsOf: poseModel("pose_landmark_full.tflite"))
        network.run()
        let first = allocations { network.run() }
        #expect(first <= 12 * network.primitiveCount)
        for _ in 0..<3 { #expect(allocations { network.run() } == first) }
    }

    @Test("what a run allocates does not grow with the picture")
    func independentOfSize() throws {
        func count(_ size: Int) throws -> Int {
            let window = Window(kernel: Extent(3, 3)).padded(toCover: Extent(size, size))
            let values = [
                ConvolutionGraph.Value(name: "picture", shape: [1, size, size, 16]),
                ConvolutionGraph.Value(
                    name: "weights", shape: [16, 3, 3, 16], constant: [Float](repeating: 0.1, count: 2304)),
                ConvolutionGraph.Value(name: "convolved", shape: [1, size, size, 16]),
            ]
            let node = ConvolutionGraph.Node(.convolution(window), inputs: [0, 1], output: 2)
            let graph = ConvolutionGraph(file: "test", values: values, nodes: [node], inputs: [0], outputs: [2])
            let network = try ConvolutionNetwork(graph)
            network.run()
            return allocations { network.run() }
        }
        #expect(try count(8) == count(96))
    }

    @Test("reading inputs and outputs allocates nothing")
    func access() throws {
        let network = try ConvolutionNetwork(contentsOf: Golden.tinyNetwork)
        network.run()
        var sum: Float = 0
        let count = allocations {
            network.withInput { $0[0] = 1 }
            network.withOutput(0) { sum += $0[0] }
        }
        #expect(count == 0)
        #expect(sum.isFinite)
    }
}
