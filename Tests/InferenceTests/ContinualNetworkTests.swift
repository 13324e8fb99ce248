import Inference
import Randomness
import TestSupport
import Testing

/// Whole networks drawn at random, and people who come and go.
struct ContinualNetworkTests {
    @Test("the clip form of whole networks is what their layers are by definition")
    func clipsEqualTheDefinition() throws {
        var stream = SplitMix64(seed: 21)
        for round in 0..<64 {
            let drawn = try RandomNetwork.draw(blocks: 2 + round % 3, round: round, stream: &stream)
            expectClipIsDefinition(drawn, frames: 1 + 7 * round % 40, seed: UInt64(round))
        }
    }

    @Test("steps through whole networks give what the clip form gives")
    func stepsEqualClips() throws {
        var stream = SplitMix64(seed: 22)
        for round in 0..<96 {
            let drawn = try RandomNetwork.draw(blocks: 2 + round % 3, round: round, stream: &stream)
            let frames = drawn.network.warmUp + drawn.network.receptiveField.stride + round
            expectStepsEqualClip(drawn, frames: frames, seed: UInt64(round))
        }
    }

    @Test("people who come at different times, all in one batch, get what each gets alone")
    func mixedBatches() throws {
        var stream = SplitMix64(seed: 23)
        for round in 0..<40 {
            let drawn = try RandomNetwork.draw(blocks: 2 + round % 2, round: round, stream: &stream)
            let network = drawn.network
            let length = network.warmUp + 2 * network.receptiveField.stride
            let starts = (0..<7).map { $0 == 0 ? 0 : Int(stream.next() % 20) }
            let clips = starts.indices.map {
                RandomNetwork.clip(network, frames: length, seed: UInt64(100 * round + $0))
            }
            // Fewer than there are people, so that a batch goes in pieces.
            let together = StepWorkspace(network: network, people: 3)
            let alone = StepWorkspace(network: network, people: 1)
            let states = starts.map { _ in (ContinualState(network), ContinualState(network)) }
            for time in 0..<length + 20 {
                let present = starts.indices.filter { (starts[$0]..<starts[$0] + length).contains(time) }
                guard !present.isEmpty else { continue }
                let frames = present.map { RandomNetwork.frame(network, clips[$0], time - starts[$0]) }
                let batch = together.results(for: zip(present, frames).map { (states[$0.0].0, $0.1) })
                for (place, person) in present.enumerated() {
                    let single = alone.result(for: states[person].1, frame: frames[place])
                    #expect(batch[place].outcome == single.outcome, "\(drawn.words)")
                    expectClose(batch[place].logits, single.logits, tolerance: 1e-4, drawn.words)
                    expectClose(batch[place].features ?? [], single.features ?? [], tolerance: 1e-4, drawn.words)
                }
            }
        }
    }

    @Test("a state that was reset is as good as new")
    func reset() throws {
        var stream = SplitMix64(seed: 24)
        for round in 0..<8 {
            let network = try RandomNetwork.draw(blocks: 2, round: round, stream: &stream).network
            let workspace = StepWorkspace(network: network, people: 1)
            let frames = network.warmUp + 5
            let clip = RandomNetwork.clip(network, frames: frames, seed: 1)
            func run(_ state: ContinualState) -> [StepCopy] {
                (0..<frames).map { workspace.result(for: state, frame: RandomNetwork.frame(network, clip, $0)) }
            }
            let state = ContinualState(network)
            let first = run(state)
            state.reset()
            #expect(run(state) == first)
        }
    }

    @Test("a step asks for no memory, whoever is in the batch")
    func allocatesNothing() throws {
        var stream = SplitMix64(seed: 25)
        for round in 0..<8 {
            let network = try RandomNetwork.draw(blocks: 3, round: round, stream: &stream).network
            let workspace = StepWorkspace(network: network, people: 4)
            let states = (0..<6).map { _ in ContinualState(network) }
            var groups = (1...6).map { Array(states[..<$0]) }
            groups.append(states)
            var sum: Float = 0
            func step(_ group: [ContinualState]) {
                workspace.step(group) { person, frame in
                    for i in frame.indices { frame[i] = Float((i + person) % 5) }
                } read: { _, result in
                    if let features = result.features { sum += features[0, 0] }
                    for logit in result.logits { sum += logit }
                }
            }
            for group in groups { step(group) }
            expectAllocations(of: "a step over skeletons, any number of people") {
                for _ in 0..<network.warmUp { for group in groups { step(group) } }
            }
            #expect(sum.isFinite)
        }
    }

    @Test("the clip form asks for no memory")
    func clipAllocatesNothing() throws {
        var stream = SplitMix64(seed: 26)
        for round in 0..<8 {
            let network = try RandomNetwork.draw(blocks: 3, round: round, stream: &stream).network
            let workspace = ClipWorkspace(network: network, clips: 2, frames: 15)
            var sum: Float = 0
            func run() {
                workspace.run(count: 2) { input in
                    for i in input.indices { input[i] = Float(i % 3) }
                } read: { logits, _ in
                    sum += logits[1][0]
                }
            }
            run()
            expectAllocations(of: "a clip over skeletons") { run() }
        }
    }

    @Test("the published ST-GCN remembers less than a megabyte of a person, and its receptive field is known")
    func publishedNetwork() {
        let channels = [(64, 1), (64, 1), (64, 1), (64, 1), (128, 2), (128, 1), (128, 1), (256, 2), (256, 1), (256, 1)]
        for isStrided in [true, false] {
            let layers = TemporalLayers(
                architecture: TemporalArchitecture(
                    inputChannels: 3, frames: 64, classes: 60,
                    blocks: channels.map { .init(channels: $0.0, kernel: 9, stride: isStrided ? $0.1 : 1) },
                    isAdaptive: false),
                joints: 17, edges: (1..<17).map { ($0, $0 / 2) }, center: 0)
            let network = ContinualNetwork(layers: layers, parameters: layers.initialParameters(seed: 1))
            #expect((3_050_000...3_130_000).contains(network.parameterCount))
            #expect(network.stateBytes < 1_000_000)
            #expect(network.receptiveField.size == layers.featureWindow.receptiveField.size)
            #expect(network.receptiveField.stride == (isStrided ? 4 : 1))
            #expect(network.receptiveField.delay == (network.receptiveField.size - 1) / 2)
            #expect(network.window == (isStrided ? 16 : 64))
        }
    }
}
