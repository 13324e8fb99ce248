import CAllocationCounter
import COpenBLAS
import Foundation
import Inference
import LabanCommands
import Skeleton

/// The measurements of `Benchmarks actions`: ST-GCN as published (Yan et al. 2018), 17 joints, random weights; and the
/// network of a model that ships.
final class ActionBench {
    static let inputChannels = 3
    private static let joints = 17
    static let blocks: [(channels: Int, stride: Int)] = [
        (64, 1), (64, 1), (64, 1), (64, 1), (128, 2), (128, 1), (128, 1), (256, 2), (256, 1), (256, 1),
    ]
    private static let clipFrames = 64
    private static let runsATurn = 12

    private let rounds: Int
    private let peer: ActionPeer?
    private let dense = ActionBench.makeNetwork(isStrided: false)
    private let strided = ActionBench.makeNetwork(isStrided: true)
    private let denseShape = ActionPeer.Shape(ActionBench.architecture(isStrided: false), joints: joints)
    private let stridedShape = ActionPeer.Shape(ActionBench.architecture(isStrided: true), joints: joints)
    /// What could not be measured, and why.
    private(set) var missing: [String] = []

    init(rounds: Int, peer: ActionPeer?) {
        openblas_set_num_threads(1)
        self.rounds = rounds
        self.peer = peer
    }

    var parameters: Int { strided.parameterCount }
    /// Bytes remembered of one person, by the hungrier of both networks.
    var stateBytes: Int { max(dense.stateBytes, strided.stateBytes) }

    /// Against clips that slide along in ONNX Runtime.
    func slidingClips() throws -> [Comparison] {
        guard let peer, peer.has("onnx") else {
            missing.append("sliding clips: this Python lacks one of onnxruntime, onnx, torch")
            return []
        }
        var every = Comparison(
            name: "a prediction every frame, against ONNX Runtime over 64 frames", unit: "ms", promise: .faster(12))
        var fourth = Comparison(
            name: "a prediction every 4th frame, against the same", unit: "ms", promise: .faster(8))
        var clip = Comparison(name: "a clip of 64 frames", unit: "ms", promise: .atMost(1.1))
        let everySteps = Steps(dense, people: 1)
        let fourthSteps = Steps(strided, people: 1)
        let workspace = ClipWorkspace(network: strided, clips: 1)
        try takeTurns("clips") {
            let theirs = try peer.onnx(stridedShape, runs: Self.runsATurn)
            every.peers.append(theirs)
            fourth.peers.append(theirs / 4)
            clip.peers.append(theirs)
            every.ours.append(everySteps.cost(runs: 4 * Self.runsATurn))
            fourth.ours.append(fourthSteps.cost(runs: 4 * Self.runsATurn))
            clip.ours.append(
                Self.least(of: Self.runsATurn) {
                    workspace.run(count: 1) {
                        for i in $0.indices { $0[i] = Float(i % 7) * 0.1 }
                    } read: { _, _ in
                    }
                })
        }
        return [every, fourth, clip]
    }

    /// Against continual-inference, frame by frame.
    func framesByPeer() throws -> [Comparison] {
        guard let peer, peer.has("continual") else {
            missing.append("frame by frame: this Python lacks one of continual-inference, torch")
            return []
        }
        return try [(1, 6.0), (8, 5.0)].map { people, promise in
            var comparison = Comparison(
                name: "\(people == 1 ? "one person" : "\(people) people") frame by frame, against continual-inference",
                unit: "ms", promise: .faster(promise))
            let steps = Steps(dense, people: people)
            try takeTurns("continual-inference, \(people)") {
                comparison.peers.append(try peer.continual(denseShape, runs: Self.runsATurn, people: people))
                comparison.ours.append(steps.cost(runs: Self.runsATurn))
            }
            return comparison
        }
    }

    /// A person's frame through the network of a model, against clips of 64 frames that slide along in ONNX Runtime and
    /// against continual-inference, both with a network of that shape; one person, and eight at once.
    func frames(of model: ShippedModel) throws -> [Comparison] {
        try [1, 8].flatMap { people in
            let each = "\(model.name), a frame of \(people == 1 ? "one person" : "each of \(people) people")"
            var onnx = Comparison(
                name: each + ", against ONNX Runtime over 64 frames", unit: "ms", promise: .faster(people == 1 ? 12 : 8)
            )
            var continual = Comparison(
                name: each + ", against continual-inference", unit: "ms", promise: .faster(people == 1 ? 6 : 5))
            let steps = Steps(model.network, people: people)
            try takeTurns(each) {
                let ours = steps.cost(runs: 4 * Self.runsATurn) / Double(people)
                if let peer, peer.has("onnx") {
                    onnx.ours.append(ours)
                    onnx.peers.append(try peer.onnx(model.shape, runs: Self.runsATurn))
                }
                if let peer, peer.has("continual") {
                    continual.ours.append(ours)
                    let theirs = try peer.continual(model.shape, runs: Self.runsATurn, people: people)
                    continual.peers.append(theirs / Double(people))
                }
            }
            return [onnx, continual].filter { !$0.ours.isEmpty }
        }
    }

    /// Against two products of OpenBLAS a block.
    func limits() throws -> [Comparison] {
        var comparisons: [Comparison] = []
        for (network, isStrided) in [(dense, false), (strided, true)] {
            for (people, promise) in [(1, 1.5), (8, 0.9), (64, 0.9)] {
                var comparison = Comparison(
                    name: "\(isStrided ? "every 4th frame" : "every frame"), \(people) "
                        + "\(people == 1 ? "person" : "people"), against two OpenBLAS products a block",
                    unit: "ms", promise: .faster(promise))
                let steps = Steps(network, people: people)
                let limit = SgemmSteps(people: people, isStrided: isStrided)
                let runs = people == 64 ? 3 : 4 * Self.runsATurn
                try takeTurns("OpenBLAS, \(people)") {
                    comparison.peers.append(Self.least(of: runs) { for _ in 0..<4 { limit.step() } } / 4)
                    comparison.ours.append(steps.cost(runs: runs))
                }
                comparisons.append(comparison)
            }
        }
        return comparisons
    }

    /// Calls to the memory allocator in a step of 8 people.
    func allocationsPerStep() -> Int {
        let steps = Steps(dense, people: 8)
        let before = laban_allocation_count()
        steps.run(frames: 100)
        return Int(laban_allocation_count() - before) / 100
    }

    /// People who are past their warm-up.
    private final class Steps {
        private let workspace: StepWorkspace
        private let states: [ContinualState]

        init(_ network: ContinualNetwork, people: Int) {
            workspace = StepWorkspace(network: network, people: people)
            states = (0..<people).map { _ in ContinualState(network) }
            run(frames: network.warmUp + 3)
        }

        func run(frames: Int) {
            for _ in 0..<frames {
                workspace.step(states) { person, frame in
                    for i in frame.indices { frame[i] = Float((i + person) % 7) * 0.1 }
                } read: { _, _ in
                }
            }
        }

        /// Milliseconds of processor time a frame; four frames are one round of strides.
        func cost(runs: Int) -> Double { ActionBench.least(of: runs) { run(frames: 4) } / 4 }
    }

    private static func least(of runs: Int, _ work: () -> Void) -> Double {
        (0..<runs).map { _ in
            let start = processorTime()
            work()
            return (processorTime() - start).inSeconds * 1000
        }.min() ?? .nan
    }

    private static func architecture(isStrided: Bool) -> TemporalArchitecture {
        TemporalArchitecture(
            inputChannels: inputChannels, frames: clipFrames, classes: 60,
            blocks: blocks.map { .init(channels: $0.channels, kernel: 9, stride: isStrided ? $0.stride : 1) },
            isAdaptive: false)
    }

    private static func makeNetwork(isStrided: Bool) -> ContinualNetwork {
        let layers = TemporalLayers(
            architecture: architecture(isStrided: isStrided), joints: joints,
            edges: [
                (1, 0), (2, 0), (3, 1), (4, 2), (5, 0), (6, 0), (7, 5), (8, 6), (9, 7), (10, 8), (11, 5), (12, 6),
                (13, 11), (14, 12), (15, 13), (16, 14),
            ], center: 0)
        return ContinualNetwork(layers: layers, parameters: layers.initialParameters(seed: 1))
    }

    private func takeTurns(_ name: String, _ turn: () throws -> Void) throws {
        var bar = ProgressBar(name, total: rounds, unit: "rounds")
        for round in 0..<rounds {
            try turn()
            bar.update(count: round + 1)
        }
        bar.finish()
    }
}
