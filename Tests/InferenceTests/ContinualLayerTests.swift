import Inference
import Randomness
import TestSupport
import Testing

/// Every layer in both its forms, over networks of one block that leave everything else out.
struct ContinualLayerTests {
    @Test(
        "every kernel computes what the definition says",
        arguments: ProductKernel.allCases.filter { $0.rawValue <= ProductKernel.best.rawValue })
    func kernels(kernel: ProductKernel) {
        var stream = SplitMix64(seed: 4)
        for round in 0..<40 {
            let frames = 1 + Int(stream.next() % 20)
            let joints = 1 + Int(stream.next() % 35)
            let outputs = 1 + Int(stream.next() % 100)
            let longest: UInt64 = round % 5 == 0 ? 600 : 40
            let depths = (0...Int(stream.next() % 3)).map { _ in 1 + Int(stream.next() % longest) }
            let product = RandomProduct(
                frames: frames, joints: joints, outputs: outputs, depths: depths, seed: UInt64(round))
            expectClose(
                product.result(kernel), product.expected, tolerance: 1e-4,
                "\(kernel): \(frames) frames, \(joints) joints, \(outputs) outputs, depths \(depths)")
        }
    }

    @Test("the clip form is the plain sum that defines each layer")
    func clipsEqualTheDefinition() throws {
        var stream = SplitMix64(seed: 12)
        for round in 0..<240 {
            let drawn = try RandomNetwork.draw(blocks: 1, round: round, stream: &stream)
            expectClipIsDefinition(drawn, frames: 1 + round % 30, seed: UInt64(round))
        }
    }

    @Test("a step gives what the clip form gives for the same frames, at every phase of every stride")
    func stepsEqualClips() throws {
        var stream = SplitMix64(seed: 11)
        for round in 0..<240 {
            let drawn = try RandomNetwork.draw(blocks: 1, round: round, stream: &stream)
            for phase in 0..<drawn.network.receptiveField.stride {
                let frames = drawn.network.warmUp + 3 * drawn.network.receptiveField.stride + phase
                expectStepsEqualClip(drawn, frames: frames, seed: UInt64(round))
            }
        }
    }

    @Test("how far layers look adds up along a network")
    func receptiveField() {
        let tail = ReceptiveField(size: 9, delay: 4, stride: 2)
        let both = ReceptiveField(size: 5, delay: 2, stride: 3).followed(by: tail)
        #expect(both == ReceptiveField(size: 5 + 8 * 3, delay: 2 + 4 * 3, stride: 6))
        #expect(ReceptiveField.frame.followed(by: tail) == tail)
        #expect(both.outputFrames(13) == 3)
        #expect(ReceptiveField(kernel: 5, dilation: 2) == ReceptiveField(size: 9, delay: 4, stride: 1))
        let causal = ReceptiveField(kernel: 4, stride: 2, dilation: 3, lookAhead: 0)
        #expect(causal == ReceptiveField(size: 10, delay: 0, stride: 2))
        #expect(causal.followed(by: tail).delay == 8 && tail.followed(by: causal).delay == 4)
        #expect(causal.inputFrame(of: 3) == 6)
    }

    @Test("settled outputs are those for which every frame is there when a clip ends")
    func settledOutputs() {
        for delay in 0...5 {
            for stride in 1...3 {
                let receptiveField = ReceptiveField(size: 9, delay: delay, stride: stride)
                for frames in 1...14 {
                    let settled = (0..<receptiveField.outputFrames(frames)).filter {
                        receptiveField.inputFrame(of: $0) + delay < frames
                    }
                    #expect(
                        receptiveField.settledOutputs(frames) == settled.count, "\(receptiveField), \(frames) frames")
                }
            }
        }
    }

    @Test("every moment of a clip has the logits of its own window of features, and a step says the same")
    func denseLogits() throws {
        var stream = SplitMix64(seed: 13)
        for round in 0..<120 {
            let drawn = try RandomNetwork.draw(blocks: 1 + round % 3, round: round, stream: &stream)
            expectDenseLogits(drawn, frames: drawn.network.warmUp + round % 20, seed: UInt64(round))
        }
    }
}

/// Compares a clip's features and logits with the definition.
func expectClipIsDefinition(
    _ drawn: DrawnNetwork, frames: Int, seed: UInt64, sourceLocation: SourceLocation = #_sourceLocation
) {
    let network = drawn.network
    let clip = RandomNetwork.clip(network, frames: frames, seed: seed)
    let expected = drawn.features(RandomNetwork.feature(network, clip))
    ClipWorkspace(network: network, clips: 1, frames: frames).run(count: 1) { input in
        for i in input.indices { input[i] = clip[i] }
    } read: { logits, features in
        let found = (0..<expected.channels).flatMap { c in
            (0..<expected.frames).flatMap { t in (0..<network.joints).map { features[0, t][$0, c] } }
        }
        #expect(features.frames == expected.frames && features.channels == expected.channels)
        expectClose(found, expected.values, tolerance: 1e-4, drawn.words, sourceLocation: sourceLocation)
        expectClose(
            Array(logits[0]), drawn.logits(expected.pooled(drawn.outputs(of: frames))),
            tolerance: 1e-4,
            "logits, " + drawn.words,
            sourceLocation: sourceLocation)
    }
}

/// Compares the logits of every moment with the definition, and with those that steps give, to the bit.
func expectDenseLogits(
    _ drawn: DrawnNetwork, frames: Int, seed: UInt64, sourceLocation: SourceLocation = #_sourceLocation
) {
    let network = drawn.network
    let clips = (0..<2).map { RandomNetwork.clip(network, frames: frames, seed: 2 * seed + $0) }
    var found: [[[Float]]] = []
    ClipWorkspace(network: network, clips: 2, frames: frames).runDense(count: 2) { input in
        for (i, value) in clips.joined().enumerated() { input[i] = value }
    } read: { logits in
        found = (0..<2).map { clip in (0..<logits.outputs).map { Array(logits[clip, $0]) } }
    }
    for (clip, rows) in zip(clips, found) {
        let features = drawn.features(RandomNetwork.feature(network, clip))
        #expect(rows.count == features.frames, "\(drawn.words)", sourceLocation: sourceLocation)
        for (output, row) in rows.enumerated() {
            let window = max(0, output - network.window + 1)...output
            let defined = drawn.logits(features.pooled(window))
            let size = defined.reduce(1) { max($0, abs($1)) }
            expectClose(
                row, defined, tolerance: 1e-4 * size, "\(drawn.words): output \(output)",
                sourceLocation: sourceLocation)
        }
        let workspace = StepWorkspace(network: network, people: 1)
        let state = ContinualState(network)
        for time in 0..<frames {
            let step = workspace.result(for: state, frame: RandomNetwork.frame(network, clip, time))
            guard step.outcome == .prediction else { continue }
            let output = (time - network.receptiveField.delay) / network.receptiveField.stride
            #expect(
                network.receptiveField.inputFrame(of: output) + network.receptiveField.delay == time,
                sourceLocation: sourceLocation)
            #expect(step.logits == rows[output], "\(drawn.words): \(output)", sourceLocation: sourceLocation)
        }
    }
}

/// Feeds a clip frame by frame. Every frame of features is that of the clip form, but for those at the clip's end that
/// still wait for what comes; every prediction is the mean of the last frames of features; and until then each step
/// says how many frames are missing.
func expectStepsEqualClip(
    _ drawn: DrawnNetwork, frames: Int, seed: UInt64, sourceLocation: SourceLocation = #_sourceLocation
) {
    let network = drawn.network
    let clip = RandomNetwork.clip(network, frames: frames, seed: seed)
    var expected: [[Float]] = []
    ClipWorkspace(network: network, clips: 1, frames: frames).run(count: 1) { input in
        for i in input.indices { input[i] = clip[i] }
    } read: { _, features in
        expected = (0..<features.frames).map { features[0, $0].values }
    }
    let workspace = StepWorkspace(network: network, people: 2)
    let state = ContinualState(network)
    var found: [[Float]] = []
    var predictions = 0
    for time in 0..<frames {
        let result = workspace.result(for: state, frame: RandomNetwork.frame(network, clip, time))
        let centre = time - network.receptiveField.delay
        let isDue = centre >= 0 && centre % network.receptiveField.stride == 0
        #expect((result.features != nil) == isDue, "\(drawn.words): frame \(time)", sourceLocation: sourceLocation)
        if let features = result.features { found.append(features) }
        let past = time + 1 - network.warmUp
        let phase =
            ((past % network.receptiveField.stride) + network.receptiveField.stride) % network.receptiveField.stride
        switch result.outcome {
        case .warmingUp(let missing): #expect(missing == -past && missing > 0, sourceLocation: sourceLocation)
        case .waiting(let frames):
            #expect(past > 0 && frames == network.receptiveField.stride - phase, sourceLocation: sourceLocation)
        case .prediction:
            predictions += 1
            #expect(past >= 0 && phase == 0 && isDue, sourceLocation: sourceLocation)
            let window = found.suffix(network.window).map {
                FeatureFrame.meanOverJoints($0, joints: network.joints)
            }
            let mean = window[0].indices.map { c in window.reduce(0) { $0 + $1[c] } / Float(window.count) }
            expectClose(
                result.logits, drawn.logits(mean), tolerance: 1e-4, "\(drawn.words): prediction at \(time)",
                sourceLocation: sourceLocation)
        }
        #expect(result.logits.isEmpty == (result.outcome != .prediction), sourceLocation: sourceLocation)
    }
    let settled =
        max(0, frames - network.receptiveField.delay + network.receptiveField.stride - 1)
        / network.receptiveField.stride
    #expect(found.count == settled, "\(drawn.words)", sourceLocation: sourceLocation)
    #expect(predictions == max(0, settled - network.window + 1), "\(drawn.words)", sourceLocation: sourceLocation)
    for (index, (step, clip)) in zip(found, expected).enumerated() {
        expectClose(step, clip, tolerance: 1e-4, "\(drawn.words): features \(index)", sourceLocation: sourceLocation)
    }
}

/// What came of one person's frame, to keep.
struct StepCopy: Equatable {
    let outcome: StepOutcome
    let logits: [Float]
    let features: [Float]?

    init(_ result: StepWorkspace.Result) {
        outcome = result.outcome
        logits = Array(result.logits)
        features = result.features?.values
    }
}

extension StepWorkspace {
    /// Steps one person alone.
    func result(for state: ContinualState, frame: [Float]) -> StepCopy {
        results(for: [(state, frame)])[0]
    }

    func results(for people: [(state: ContinualState, frame: [Float])]) -> [StepCopy] {
        var results: [StepCopy] = []
        step(people.map(\.state)) { person, frame in
            for i in frame.indices { frame[i] = people[person].frame[i] }
        } read: { person, result in
            #expect(person == results.count)
            results.append(StepCopy(result))
        }
        return results
    }
}

extension FeatureFrame {
    /// (joints, channels).
    var values: [Float] { (0..<joints).flatMap { v in (0..<channels).map { self[v, $0] } } }

    static func meanOverJoints(_ frame: [Float], joints: Int) -> [Float] {
        let channels = frame.count / joints
        return (0..<channels).map { c in
            (0..<joints).reduce(0) { $0 + frame[$1 * channels + c] } / Float(joints)
        }
    }
}
