import Inference
import TestSupport
import Testing

/// The planned network against the plain reference, on shapes drawn at random.
struct ConvolutionPropertyTests {
    @Test("each operator agrees with its plain reference on random shapes", arguments: RandomGraph.Kind.allCases)
    func singleOperator(kind: RandomGraph.Kind) throws {
        for seed in 0..<25 {
            var builder = RandomGraph(seed: UInt64(seed) * 100 + UInt64(kind.rawValue))
            let input = builder.picture()
            builder.output(builder.append(kind, to: input))
            try compare(builder, "\(kind), seed \(seed)")
        }
    }

    @Test("random networks with branches agree with their plain reference, merged and reusing memory")
    func networks() throws {
        for seed in 0..<60 {
            var builder = RandomGraph(seed: 7000 + UInt64(seed))
            builder.grow(nodes: 12)
            try compare(builder, "network, seed \(seed)")
        }
    }

    @Test("merging changes nothing in what the plain reference computes")
    func fusion() throws {
        for seed in 0..<60 {
            var builder = RandomGraph(seed: 9000 + UInt64(seed))
            builder.grow(nodes: 12)
            var merged = builder.graph
            merged.prune()
            merged.fuse()
            #expect(merged.nodes.count <= builder.graph.nodes.count)
            let inputs = builder.inputs()
            let expected = try ReferenceNetwork(builder.graph).run(inputs)
            for (a, b) in zip(try ReferenceNetwork(merged).run(inputs), expected) {
                expectClose(a, b, tolerance: 1e-5 * max(1, b.map(abs).max() ?? 1), "seed \(seed)")
            }
        }
    }

    /// With every kind of kernels that this processor can run.
    private func compare(_ builder: RandomGraph, _ comment: String) throws {
        var builder = builder
        let inputs = builder.inputs()
        let expected = try ReferenceNetwork(builder.graph).run(inputs)
        for kernels in ConvolutionKernels.allCases where kernels.isAvailable {
            let network = ConvolutionNetwork(try ConvolutionModel(builder.graph, kernels: kernels))
            compare(network, inputs, expected, "\(kernels), \(comment), \(builder.description)")
        }
    }

    private func compare(
        _ network: ConvolutionNetwork, _ inputs: [[Float]], _ expected: [[Float]], _ comment: String
    ) {
        for (index, numbers) in inputs.enumerated() {
            network.withInput(index) { _ = $0.update(from: numbers) }
        }
        // Twice: memory that the first run left dirty must not show.
        for _ in 0..<2 {
            network.run()
            for (index, numbers) in expected.enumerated() {
                let scale = max(1, numbers.map(abs).max() ?? 1)
                expectClose(
                    network.withOutput(index) { Array($0) }, numbers, tolerance: 2e-5 * scale,
                    "\(comment), output \(index):")
            }
        }
    }
}
