import Foundation
import Inference
import Randomness
import TestSupport
import Testing
import Training

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
        var stream = SplitMix64(seed: seed)
        return (0..<count).map { _ in stream.normal() }
    }

    /// A causal block, one of four taps that looks one ahead, and one that looks ahead only.
    private static func aheadLayers(window: Int?) -> TemporalLayers {
        TemporalLayers(
            architecture: TemporalArchitecture(
                inputChannels: 3, frames: 12, classes: 4,
                blocks: [
                    .init(channels: 6, kernel: 3, dilation: 2, lookAhead: 0),
                    .init(channels: 6, kernel: 4, stride: 2, lookAhead: 1),
                    .init(channels: 8, kernel: 2, lookAhead: 1),
                ], window: window),
            joints: 5, edges: [(1, 0), (2, 1), (3, 0), (4, 3)], center: 0)
    }

    @Test("a whole network's gradients are those of finite differences", arguments: [false, true])
    func gradients(isAdaptive: Bool) {
        Self.expectGradients(Self.layers(isAdaptive: isAdaptive), steps: [0.002])
    }

    @Test(
        "so are those of networks that look ahead by their own measure",
        arguments: [nil, 1, 3])
    func aheadGradients(window: Int?) {
        // Few features make a prediction here, so that a rectifier's kink may lie within the longer step.
        Self.expectGradients(Self.aheadLayers(window: window), steps: [0.002, 0.0005])
    }

    /// Branches as ST-GCN++ has them (Duan et al. 2022): four dilations, the largest of three frames, and the frame itself.
    private static let publishedBranches =
        (1...4).map { TemporalBranch(kernel: 3, dilation: $0) } + [
            TemporalBranch(.largest, kernel: 3), .init(kernel: 1),
        ]

    /// Branches, and paths around graph convolutions.
    private static func branchedLayers(lookAhead: Int?) -> TemporalLayers {
        var architecture = TemporalArchitecture(
            inputChannels: 3, frames: 12, classes: 4,
            blocks: [
                .init(channels: 7, lookAhead: lookAhead, branches: Self.publishedBranches),
                .init(
                    channels: 7, stride: 2, lookAhead: lookAhead,
                    branches: [.init(kernel: 3, dilation: 2), .init(.largest, kernel: 3), .init(.largest, kernel: 1)]),
                .init(channels: 8, lookAhead: lookAhead, branches: [.init(kernel: 5)]),
            ])
        architecture.hasGraphPath = true
        return TemporalLayers(
            architecture: architecture, joints: 5, edges: [(1, 0), (2, 1), (3, 0), (4, 3)], center: 0)
    }

    private static func expectGradients(_ layers: TemporalLayers, steps: [Double]) {
        let pass = TemporalTrainingPass(layers: layers, clips: 4)
        let x = numbers(3 * layers.extents(clips: 4)[0].rowCount, seed: 2)
        let weighting = numbers(16 * layers.outputFrames, seed: 3)
        pass.withInput { input in for i in x.indices { input[i] = x[i] } }
        func loss(_ parameters: [Float]) -> Double {
            var stream = SplitMix64(seed: 9)
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
            let slopes = steps.map { step in
                var (up, down) = (parameters, parameters)
                for i in slot.range {
                    up[i] += Float(step / size) * gradient[i]
                    down[i] -= Float(step / size) * gradient[i]
                }
                return (loss(up) - loss(down)) / (2 * step)
            }
            #expect(
                slopes.contains { abs($0 - size) <= 0.03 * size + 1e-3 }, "\(slot.name): \(slopes) against \(size)")
        }
    }

    @Test("folding batch normalisation away changes nothing for any moment of a clip")
    func foldingKeepsOutputs() {
        for layers in [
            Self.layers(), Self.aheadLayers(window: nil), Self.aheadLayers(window: 2),
            Self.branchedLayers(lookAhead: nil), Self.branchedLayers(lookAhead: 0),
        ] {
            expectFoldingKeepsOutputs(layers)
        }
    }

    private func expectFoldingKeepsOutputs(_ layers: TemporalLayers) {
        let clips = 3
        let extent = layers.extents(clips: clips)[0]
        let x = Self.numbers(3 * extent.rowCount, seed: 2)
        var parameters = layers.initialParameters(seed: 5)
        for slot in layers.layout.slots where slot.role == .offset {
            for i in slot.range { parameters[i] += 0.1 * Float(i % 7) }
        }
        let pass = TemporalTrainingPass(layers: layers, clips: clips)
        pass.withInput { input in for i in x.indices { input[i] = x[i] } }
        var stream = SplitMix64(seed: 1)
        let expected = pass.forward(parameters, stream: &stream)
        // The batch's own statistics, which backward leaves, become the running ones.
        var gradient = [Float](repeating: 0, count: parameters.count)
        pass.backward(
            parameters, logitsGradient: [Float](repeating: 0, count: expected.count), addingTo: &gradient)
        for slot in layers.layout.slots where slot.role == .statistic {
            for i in slot.range { parameters[i] = gradient[i] }
        }
        let workspace = ClipWorkspace(network: ContinualNetwork(layers: layers, parameters: parameters), clips: clips)
        func fill(_ input: UnsafeMutableBufferPointer<Float>) {
            for row in 0..<extent.rowCount {
                for channel in 0..<3 { input[row * 3 + channel] = x[channel * extent.rowCount + row] }
            }
        }
        let dense = workspace.runDense(count: clips, fill: fill) { logits in
            (0..<clips).flatMap { clip in (0..<logits.outputs).flatMap { Array(logits[clip, $0]) } }
        }
        expectClose(dense, expected, tolerance: 1e-3)
    }

    @Test("a clip's logits do not depend on what else is in the batch")
    func batchIndependence() {
        let layers = Self.layers()
        let network = ContinualNetwork(layers: layers, parameters: layers.initialParameters(seed: 8))
        let workspace = ClipWorkspace(network: network, clips: 3)
        let clips = (0..<3).map { Self.numbers(3 * layers.extents(clips: 1)[0].clipCount, seed: 20 + $0) }
        func logits(_ chosen: [[Float]]) -> [Float] {
            workspace.run(count: chosen.count) { input in
                for (i, number) in chosen.joined().enumerated() { input[i] = number }
            } read: { logits, _ in
                chosen.indices.flatMap { Array(logits[$0]) }
            }
        }
        expectClose(logits(clips), clips.flatMap { logits([$0]) }, tolerance: 1e-4)
    }

    @Test("classifying a batch asks for no memory")
    func allocatesNothing() {
        let layers = Self.layers()
        let network = ContinualNetwork(layers: layers, parameters: layers.initialParameters(seed: 8))
        let workspace = ClipWorkspace(network: network, clips: 4)
        func classify() -> Float {
            workspace.run(count: 4) { input in
                for i in input.indices { input[i] = Float(i % 11) }
            } read: { logits, _ in
                logits[0][0]
            }
        }
        let first = classify()
        var second: Float = 0
        expectAllocations(of: "a clip over skeletons") { second = classify() }
        #expect(first == second)
    }

    @Test("receptive field and frames follow from kernels, strides and dilations")
    func receptiveField() {
        let layers = Self.layers()
        #expect(layers.featureWindow.receptiveField.size == 1 + 2 + 4 + 4)
        #expect(layers.extents(clips: 2).map(\.frames) == [9, 9, 9, 5])
        let ahead = Self.aheadLayers(window: 1)
        #expect(ahead.featureWindow.receptiveField == ReceptiveField(size: 1 + 4 + 3 + 2, delay: 3, stride: 2))
        #expect(ahead.outputFrames == 6)
        let network = ContinualNetwork(layers: ahead, parameters: ahead.initialParameters(seed: 1))
        #expect(network.window == 1 && network.warmUp == network.receptiveField.delay + 1)
    }

    @Test("a window given is over the newest features that a clip settles, else over all")
    func featureWindows() {
        let receptiveField = ReceptiveField(size: 10, delay: 3, stride: 2)
        let given = FeatureWindow(receptiveField: receptiveField, length: 3, clipFrames: 12)
        #expect(given.ofClip(frames: 12) == 2..<5)
        #expect(given.ofClip(frames: 6) == 0..<2)
        #expect(given.ofClip(frames: 2) == 0..<1)
        #expect(given.ofOutput(1) == 0..<2 && given.ofOutput(5) == 3..<6)
        let whole = FeatureWindow(receptiveField: receptiveField, length: nil, clipFrames: 12)
        #expect(whole.length == 6 && whole.ofClip(frames: 30) == 0..<15)
    }

    @Test("an architecture reads as it was written, and what is left out is as before")
    func coding() throws {
        for written in [Self.aheadLayers(window: 2).architecture, Self.branchedLayers(lookAhead: 1).architecture] {
            let read = try JSONDecoder().decode(TemporalArchitecture.self, from: JSONEncoder().encode(written))
            #expect(read == written)
        }
        let json = """
            {"input_channels": 3, "frames": 9, "classes": 4, "partition": "spatial", "adaptive": true,
             "blocks": [{"channels": 6, "kernel": 3, "stride": 1, "dilation": 1}]}
            """
        let plain = try JSONDecoder().decode(TemporalArchitecture.self, from: Data(json.utf8))
        #expect(plain.window == nil && plain.blocks[0].lookAhead == nil && plain.blocks[0].branches == nil)
        #expect(plain.receptiveField == ReceptiveField(size: 3, delay: 1, stride: 1))
    }

    @Test("a network without sense is refused in words")
    func faults() {
        var architecture = Self.layers().architecture
        #expect(architecture.fault == nil)
        architecture.blocks[1].kernel = 4
        #expect(architecture.fault == "block 1: kernel is 4, expected an odd number, or a look_ahead")
        architecture.blocks[1].lookAhead = 3
        #expect(
            architecture.fault == "block 1: look_ahead is 3, expected a multiple of dilation (2) up to 6")
        architecture.blocks[1].lookAhead = 8
        #expect(architecture.fault?.hasPrefix("block 1: look_ahead is 8") == true)
        architecture.blocks[1].lookAhead = 6
        #expect(architecture.fault == nil)
        architecture.blocks[1] = .init(channels: 6, kernel: 3)
        architecture.window = 3
        #expect(architecture.fault == nil)
        architecture.window = 4
        #expect(architecture.fault == "window is 4, expected 1 to 3, the frames of features a clip settles")
        architecture.frames = 4
        #expect(
            architecture.fault == "expected clips of more frames than the 4 that the blocks look ahead, found 4")
        architecture.window = nil
        #expect(architecture.fault == nil)
        architecture.blocks[2].channels = 0
        #expect(architecture.fault == "block 2: channels is 0, expected 1 to 1024")
        architecture.blocks[2] = .init(channels: 6, kernel: 3, branches: [.init(kernel: 3)])
        #expect(architecture.fault == "block 2: expected no kernel or dilation beside branches")
        architecture.blocks[2] = .init(channels: 6, branches: [.init(kernel: 3), .init(kernel: 4)])
        #expect(architecture.fault == "block 2: branch 1: kernel is 4, expected an odd number, or a look_ahead")
        architecture.blocks[2] = .init(channels: 6, branches: [.init(kernel: 3), .init(kernel: 3, dilation: 17)])
        #expect(architecture.fault == "block 2: branch 1: dilation is 17, expected 1 to 16")
        architecture.blocks[2] = .init(channels: 6, lookAhead: 3, branches: [.init(kernel: 3)])
        #expect(architecture.fault == "block 2: look_ahead is 3, expected 0 to 2")
        architecture.blocks[2] = .init(channels: 2, branches: Self.publishedBranches)
        #expect(architecture.fault == "block 2: 6 branches, expected 1 to 2")
        architecture.blocks = []
        #expect(architecture.fault == "0 blocks, expected 1 to 32")
    }
}
