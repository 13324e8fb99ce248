import Foundation
import Inference
import TestSupport
import Testing

/// Networks against what the TFLite runtime computed (`.scripts/make-goldens.py`).
struct ConvolutionGoldenTests {
    @Test(
        "every output of every network agrees with TFLite to a thousandth of its range",
        arguments: ["tiny", "pose_detection", "pose_landmark_full", "palm_detection_full", "hand_landmark_full"])
    func goldens(name: String) throws {
        let golden = try Golden(named: name)
        let graph = try TFLiteReader.read(
            contentsOf: name == "tiny" ? Golden.tinyNetwork : poseModel(golden.file))
        for kernels in ConvolutionKernels.allCases where kernels.isAvailable {
            try compare(
                ConvolutionNetwork(try ConvolutionModel(graph, kernels: kernels)), golden, "\(kernels), \(name)")
        }
    }

    private func compare(_ network: ConvolutionNetwork, _ golden: Golden, _ name: String) throws {
        for run in golden.runs {
            network.withInput { $0.fillWithGoldenPicture(network.inputs[0].shape, golden.low, golden.high, run.seed) }
            network.run()
            #expect(network.model.outputs == run.outputs.map { TensorInfo(name: $0.name, shape: $0.shape) })
            for (index, expected) in run.outputs.enumerated() {
                network.withOutput(index) { numbers in
                    let samples = stride(from: 0, to: numbers.count, by: expected.step).map { numbers[$0] }
                    let comment = "\(name), seed \(run.seed), output \(expected.name):"
                    expectClose(samples, expected.values, tolerance: 1e-3 * expected.range, comment)
                    let mean = numbers.reduce(0) { $0 + Double($1) } / Double(numbers.count)
                    #expect(abs(mean - Double(expected.mean)) <= 1e-3 * Double(expected.range), "\(comment) mean")
                }
            }
        }
    }

    @Test("asking for some outputs gives the same numbers, and the segmentation is not computed for nothing")
    func pruning() throws {
        let path = try poseModel("pose_landmark_full.tflite")
        let whole = try ConvolutionNetwork(contentsOf: path)
        let pruned = try ConvolutionNetwork(contentsOf: path, outputs: ["Identity_3", "Identity"])
        #expect(pruned.model.outputs.map(\.name) == ["Identity_3", "Identity"])
        #expect(pruned.model.multiplyAdds < whole.model.multiplyAdds * 95 / 100)
        for network in [whole, pruned] {
            network.withInput { $0.fillWithGoldenPicture(network.inputs[0].shape, 0, 1, 11) }
            network.run()
        }
        for (mine, other) in [(0, 3), (1, 0)] {
            let expected = whole.withOutput(other) { Array($0) }
            #expect(pruned.withOutput(mine) { Array($0) } == expected)
        }
    }

    @Test("an output the network does not have is an error that names those it has")
    func unknownOutput() throws {
        #expect {
            try ConvolutionNetwork(contentsOf: Golden.tinyNetwork, outputs: ["segmentation"])
        } throws: { error in
            "\(error)".contains("tiny.tflite") && "\(error)".contains("t47") && "\(error)".contains("segmentation")
        }
    }

    @Test("running again gives the same numbers, and the input stays as it was written")
    func repeatable() throws {
        let network = try ConvolutionNetwork(contentsOf: Golden.tinyNetwork)
        network.withInput { $0.fillWithGoldenPicture(network.inputs[0].shape, -1, 1, 12) }
        network.run()
        let first = network.withOutput(0) { Array($0) }
        network.run()
        #expect(network.withOutput(0) { Array($0) } == first)
    }

    @Test("networks of one model on several threads do not disturb each other")
    func concurrently() async throws {
        let model = try ConvolutionModel(contentsOf: Golden.tinyNetwork)
        let expected = (0..<4).map { Self.run(ConvolutionNetwork(model), seed: $0) }
        await withTaskGroup(of: (Int, [Float]).self) { group in
            for seed in 0..<4 {
                group.addTask {
                    let network = ConvolutionNetwork(model)
                    for _ in 0..<20 { _ = Self.run(network, seed: seed) }
                    return (seed, Self.run(network, seed: seed))
                }
            }
            for await (seed, result) in group { #expect(result == expected[seed]) }
        }
        #expect(Set(expected).count == 4)
    }

    private static func run(_ network: ConvolutionNetwork, seed: Int) -> [Float] {
        network.withInput { $0.fillWithGoldenPicture(network.inputs[0].shape, -1, 1, seed) }
        network.run()
        return network.withOutput(0) { Array($0) }
    }
}
