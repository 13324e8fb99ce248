import Foundation
import Inference
import Randomness
import Testing
import Training

/// The training pass against PyTorch: `Fixtures/gradients`, which `.scripts/make-gradients.py` makes.
struct GradientTwinTests {
    private static let joints = 7
    private static let edges = [(1, 0), (2, 1), (3, 0), (4, 3), (5, 1), (6, 5)]
    private static let clips = 3
    private let checkout = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../..")

    @Test("logits and all gradients of a batch are PyTorch's", arguments: ["plain", "ahead", "branched", "causal"])
    func twin(name: String) throws {
        let path = checkout.appending(path: "Fixtures/gradients/\(name).safetensors").path(percentEncoded: false)
        let file = try TensorFile(contentsOf: path)
        let architecture = try JSONDecoder().decode(
            TemporalArchitecture.self, from: Data((file.metadata["architecture"] ?? "").utf8))
        let layers = TemporalLayers(
            architecture: architecture, joints: Self.joints, edges: Self.edges, center: 0)
        var parameters = [Float](repeating: 0, count: layers.layout.count)
        for slot in layers.layout.slots where slot.role != .statistic {
            parameters.replaceSubrange(slot.range, with: try file.values(of: slot.name, shape: slot.shape))
        }
        let pass = TemporalTrainingPass(layers: layers, clips: Self.clips)
        let x = try file.values(
            of: "x", shape: [architecture.inputChannels, Self.clips, architecture.frames, Self.joints])
        pass.withInput { input in for i in x.indices { input[i] = x[i] } }
        let shape = [Self.clips, layers.outputFrames, architecture.classes]
        var stream = SplitMix64(seed: 1)
        let logits = pass.forward(parameters, stream: &stream)
        let logitsGap = Self.gap(logits, try file.values(of: "logits", shape: shape))
        #expect(logitsGap < 1e-4)
        var gradient = [Float](repeating: 0, count: parameters.count)
        pass.backward(
            parameters, logitsGradient: try file.values(of: "logits_gradient", shape: shape), addingTo: &gradient)
        var largest: (gap: Double, name: String) = (0, "")
        for slot in layers.layout.slots where slot.role != .statistic {
            let expected = try file.values(of: "gradient." + slot.name, shape: slot.shape)
            let gap = Self.gap(Array(gradient[slot.range]), expected)
            #expect(gap < 1e-3, "\(slot.name)")
            if gap > largest.gap { largest = (gap, slot.name) }
        }
        print("\(name): logits differ by \(logitsGap), gradients by up to \(largest.gap) (\(largest.name))")
    }

    /// The length of the difference, relative to the length of what is expected.
    private static func gap(_ found: [Float], _ expected: [Float]) -> Double {
        func length(_ values: some Sequence<Float>) -> Double {
            values.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
        }
        return length(zip(found, expected).map { $0 - $1 }) / length(expected)
    }
}
