import Inference
import TestSupport
import Testing

struct TemporalNetworkTests {
    private static func layers(isAdaptive: Bool = true) -> TemporalLayers {
        TemporalLayers(
            architecture: TemporalArchitecture(
                inputChannels: 3, frames: 9, classes: 4,
                blocks: [
                    .init(channels: 6, kernel: 3), .init(channels: 6, kernel: 3, dilation: 2),
                    .init(channels: 8, kernel: 5, stride: 2),
                ], isAdaptive: isAdaptive),
            joints: 5, edges: [(1, 0), (2, 1), (3, 0), (4, 3)], center: 0)
    }

    private static func numbers(_ count: Int, seed: UInt64) -> [Float] {
        var stream = NumberStream(seed: seed)
        return (0..<count).map { _ in stream.normal() }
    }

    @Test("a whole network's gradients are those of finite differences", arguments: [false, true])
    func gradients(isAdaptive: Bool) {
        let layers = Self.layers(isAdaptive: isAdaptive)
        let pass = TemporalTrainingPass(layers: layers, clips: 4)
        let x = Self.numbers(3 * layers.extents(clips: 4)[0].rowCount, seed: 2)
        let weighting = Self.numbers(16, seed: 3)
        pass.withInput { input in for i in x.indices { input[i] = x[i] } }
        func loss(_ parameters: [Float]) -> Double {
            var stream = NumberStream(seed: 9)
            return zip(pass.forward(parameters, dropout: 0.3, stream: &stream), weighting).reduce(0) {
                $0 + Double($1.0) * Double($1.1)
            }
        }
        let parameters = layers.initialParameters(seed: 5)
        _ = loss(parameters)
        var gradient = [Float](repeating: 0, count: parameters.count)
        pass.backward(parameters, logitsGradient: weighting, addingTo: &gradient)
        for slot in layers.layout.slots where slot.role != .statistic {
            // Along each tensor's own gradient, where the slope is steepest.
            let size = gradient[slot.range].reduce(0.0) { $0 + Double($1 * $1) }.squareRoot()
            #expect(size > 1e-4, "\(slot.name) is learned")
            let step = 0.002
            var (up, down) = (parameters, parameters)
            for i in slot.range {
                up[i] += Float(step / size) * gradient[i]
                down[i] -= Float(step / size) * gradient[i]
            }
            let slope = (loss(up) - loss(down)) / (2 * step)
            #expect(abs(slope - size) <= 0.03 * size + 1e-3, "\(slot.name): \(slope) against \(size)")
        }
    }

    @Test("folding batch normalisation away changes nothing")
    func foldingKeepsOutputs() {
        let layers = Self.layers()
        let clips = 3
        let count = 3 * layers.extents(clips: clips)[0].rowCount
        let x = Self.numbers(count, seed: 2)
        var parameters = layers.initialParameters(seed: 5)
        for slot in layers.layout.slots where slot.role == .offset {
            for i in slot.range { parameters[i] += 0.1 * Float(i % 7) }
        }
        let pass = TemporalTrainingPass(layers: layers, clips: clips)
        pass.withInput { input in for i in x.indices { input[i] = x[i] } }
        var stream = NumberStream(seed: 1)
        let expected = pass.forward(parameters, stream: &stream)
        // The batch's own statistics, which backward leaves, become the running ones.
        var gradient = [Float](repeating: 0, count: parameters.count)
        pass.backward(parameters, logitsGradient: [Float](repeating: 0, count: 12), addingTo: &gradient)
        for slot in layers.layout.slots where slot.role == .statistic {
            for i in slot.range { parameters[i] = gradient[i] }
        }
        let workspace = TemporalWorkspace(
            network: TemporalNetwork(layers: layers, parameters: parameters), clips: clips)
        let logits = workspace.run(count: clips) { input in
            for i in x.indices { input[i] = x[i] }
        } read: {
            Array($0)
        }
        expectClose(logits, expected, tolerance: 1e-3)
    }

    @Test("a clip's logits do not depend on what else is in the batch")
    func batchIndependence() {
        let layers = Self.layers()
        let network = TemporalNetwork(layers: layers, parameters: layers.initialParameters(seed: 8))
        let workspace = TemporalWorkspace(network: network, clips: 3)
        let clipCount = layers.extents(clips: 1)[0].clipCount
        let clips = (0..<3).map { Self.numbers(3 * clipCount, seed: 20 + $0) }
        func logits(_ chosen: [[Float]]) -> [Float] {
            workspace.run(count: chosen.count) { input in
                for (index, clip) in chosen.enumerated() {
                    for channel in 0..<3 {
                        for i in 0..<clipCount {
                            input[(channel * chosen.count + index) * clipCount + i] = clip[channel * clipCount + i]
                        }
                    }
                }
            } read: {
                Array($0)
            }
        }
        expectClose(logits(clips), clips.flatMap { logits([$0]) }, tolerance: 1e-4)
    }

    @Test("classifying a batch asks for no memory")
    func allocatesNothing() {
        let layers = Self.layers()
        let network = TemporalNetwork(layers: layers, parameters: layers.initialParameters(seed: 8))
        let workspace = TemporalWorkspace(network: network, clips: 4)
        func classify() -> Float {
            workspace.run(count: 4) { input in
                for i in input.indices { input[i] = Float(i % 11) }
            } read: {
                $0[0]
            }
        }
        let first = classify()
        var second: Float = 0
        let count = allocations { second = classify() }
        #expect(count == 0)
        #expect(first == second)
    }

    @Test("receptive field and frames follow from kernels, strides and dilations")
    func receptiveField() {
        let layers = Self.layers()
        #expect(layers.receptiveField == 1 + 2 + 4 + 4)
        #expect(layers.extents(clips: 2).map(\.frames) == [9, 9, 9, 5])
    }

    @Test("a network without sense is refused in words")
    func faults() {
        var architecture = Self.layers().architecture
        #expect(architecture.fault == nil)
        architecture.blocks[1].kernel = 4
        #expect(architecture.fault == "block 1: kernel is 4, expected an odd number")
        architecture.blocks[1].kernel = 3
        architecture.blocks[2].channels = 0
        #expect(architecture.fault == "block 2: channels is 0, expected 1 to 1024")
        architecture.blocks = []
        #expect(architecture.fault == "0 blocks, expected 1 to 32")
    }
}
