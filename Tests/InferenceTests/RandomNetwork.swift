import Inference
import Randomness

/// A small network drawn at random: as it runs, and as plain loops have it.
struct DrawnNetwork {
    let network: ContinualNetwork
    /// The last block's output for a clip, (channels, frames, joints) in and out.
    let features: (Feature) -> Feature
    /// The last linear map.
    let logits: (_ pooled: [Float]) -> [Float]
    let words: String
    /// How many frames of features a prediction is the mean of; nil for all of a clip.
    var window: Int?

    /// The frames of features, of `frames` of input, that a clip's prediction is the mean of by definition.
    func outputs(of frames: Int) -> [Int] {
        let all = Array(0..<network.receptiveField.outputFrames(frames))
        guard let window else { return all }
        let settled = all.filter { $0 * network.receptiveField.stride + network.receptiveField.delay < frames }
        return settled.isEmpty ? [0] : settled.suffix(window)
    }
}

/// Draws networks whose layers have been through training: no normalisation is at rest, no bias is 0.
enum RandomNetwork {
    /// Draws one of both kinds in turn, as plain blocks and as PySKL's.
    static func draw(blocks: Int, round: Int, stream: inout SplitMix64) throws -> DrawnNetwork {
        try round % 2 == 0
            ? plain(blocks: blocks, stream: &stream)
            : RandomPySKL(blocks: blocks, isBranched: round % 4 == 1, stream: &stream).drawn
    }

    /// A network as it is trained here, over a random tree of joints.
    static func plain(blocks: Int, stream: inout SplitMix64) -> DrawnNetwork {
        func pick(_ range: ClosedRange<Int>) -> Int {
            range.lowerBound + Int(stream.next() % UInt64(range.count))
        }
        let joints = pick(1...24)
        let edges = (1..<max(joints, 2)).filter { $0 < joints }.map { ($0, pick(0...$0 - 1)) }
        var channels = pick(1...40)
        var architecture = TemporalArchitecture(
            inputChannels: pick(1...5), frames: pick(2...12), classes: pick(1...7),
            blocks: (0..<blocks).map { _ in
                if stream.chance(0.5) { channels = pick(1...40) }
                return .init(
                    channels: channels, kernel: 2 * pick(0...3) + 1, stride: pick(1...3), dilation: pick(1...3))
            }, partition: SpatialGraph.Strategy.allCases[pick(0...2)], isAdaptive: stream.chance(0.5))
        var copy = stream
        drawExtras(&architecture, seed: copy.next() ^ 0x5EED)
        let layers = TemporalLayers(architecture: architecture, joints: joints, edges: edges, center: 0)
        var parameters = layers.initialParameters(seed: stream.next())
        for slot in layers.layout.slots {
            let isVariance = slot.name.hasSuffix(".variance")
            for i in slot.range where slot.role != .weight {
                parameters[i] += isVariance ? stream.unit() : 0.2 * stream.normal()
            }
        }
        let words = architecture.blocks.map {
            """
            \($0.channels) channels kernel \($0.kernel) stride \($0.stride) dilation \($0.dilation) \
            look-ahead \($0.lookAhead ?? -1) branches \(($0.branches ?? []).map { "\($0.kind) \($0.kernel) \($0.dilation)" })
            """
        }
        return DrawnNetwork(
            network: ContinualNetwork(layers: layers, parameters: parameters),
            features: { features(layers, parameters, $0) },
            logits: { pooled in
                Feature(channels: pooled.count, frames: 1, joints: 1, values: pooled).convolved(
                    Array(parameters[layers.head.weight.range]), Array(parameters[layers.head.bias.range])
                ).values
            },
            words: "\(joints) joints, \(words.joined(separator: ", ")), window \(architecture.window ?? 0)",
            window: architecture.window)
    }

    /// Half of the blocks look ahead by a measure of their own, a third have branches, half of the networks predict over a
    /// window, and half have paths around their graph convolutions.
    private static func drawExtras(_ architecture: inout TemporalArchitecture, seed: UInt64) {
        var stream = SplitMix64(seed: seed)
        func pick(_ range: ClosedRange<Int>) -> Int {
            range.lowerBound + Int(stream.next() % UInt64(range.count))
        }
        for index in architecture.blocks.indices where stream.chance(0.5) {
            let kernel = pick(1...7)
            architecture.blocks[index].kernel = kernel
            architecture.blocks[index].lookAhead = pick(0...kernel - 1) * architecture.blocks[index].dilation
        }
        for index in architecture.blocks.indices where stream.chance(0.33) {
            var block = architecture.blocks[index]
            let branches = (0..<pick(1...min(5, block.channels))).map { _ in
                TemporalBranch(
                    stream.chance(0.3) ? .largest : .convolution,
                    kernel: block.lookAhead == nil ? 2 * pick(0...2) + 1 : pick(1...4), dilation: pick(1...3))
            }
            let most = branches.reduce(0) { max($0, ($1.kernel - 1) * $1.dilation) }
            (block.kernel, block.dilation) = (1, 1)
            block.branches = branches
            block.lookAhead = block.lookAhead.map { _ in pick(0...most) }
            architecture.blocks[index] = block
        }
        architecture.hasGraphPath = stream.chance(0.5)
        let settled = architecture.receptiveField.settledOutputs(architecture.frames)
        if settled > 0, stream.chance(0.5) { architecture.window = pick(1...settled) }
    }

    /// What the blocks of `layers` are by definition.
    private static func features(_ layers: TemporalLayers, _ parameters: [Float], _ input: Feature) -> Feature {
        func values(_ slot: ParameterLayout.Slot) -> [Float] { Array(parameters[slot.range]) }
        func normalised(_ x: Feature, _ norm: BatchNormalisation) -> Feature {
            let (scale, offset) = (values(norm.scale), values(norm.offset))
            let (mean, variance) = (values(norm.mean), values(norm.variance))
            let gain = scale.indices.map { scale[$0] / (variance[$0] + 1e-5).squareRoot() }
            return x.normalised(gain: gain, shift: gain.indices.map { offset[$0] - gain[$0] * mean[$0] })
        }
        func convolved(_ x: Feature, _ layer: TemporalConvolution) -> Feature {
            x.convolved(
                values(layer.weight), [Float](repeating: 0, count: layer.outputChannels), kernel: layer.kernel,
                stride: layer.receptiveField.stride, dilation: layer.dilation, lookAhead: layer.receptiveField.delay)
        }
        return layers.blocks.reduce(input) { x, block in
            // (C', P, C) seen as P · C' rows: the maps at a point come first, the mixing after.
            let partitions = block.graph.graph.partitions
            let (outputs, inputs) = (block.graph.outputChannels, block.graph.inputChannels)
            let weight = values(block.graph.weight)
            let rows = (0..<partitions * outputs * inputs).map { i in
                let (partition, output, input) = (i / inputs / outputs, i / inputs % outputs, i % inputs)
                return weight[(output * partitions + partition) * inputs + input]
            }
            let gathered = x.convolved(rows, [Float](repeating: 0, count: partitions * outputs)).mixed(
                block.graph.adjacency(parameters), partitions: partitions)
            func adding(_ path: TemporalLayers.Residual, to y: Feature) -> Feature {
                switch path {
                case .none: y
                case .identity: y.adding(x)
                case .projection(let layer, let norm): y.adding(normalised(convolved(x, layer), norm))
                }
            }
            let hidden = adding(block.graphPath, to: normalised(gathered, block.graphNorm)).rectified
            let y: Feature
            switch block.temporal {
            case .convolution(let layer): y = convolved(hidden, layer)
            case .branched(let layer):
                let narrow = normalised(convolved(hidden, layer.narrowing), layer.narrowNorm).rectified
                let size = narrow.frames * narrow.joints
                let parts = layer.paths.map { path in
                    let part = Feature(
                        channels: path.channels.count, frames: narrow.frames, joints: narrow.joints,
                        values: Array(narrow.values[path.channels.lowerBound * size..<path.channels.upperBound * size]))
                    return path.convolution.map { convolved(part, $0) }
                        ?? part.largest(
                            of: (0..<path.branch.kernel).map {
                                path.receptiveField.delay - (path.branch.kernel - 1 - $0) * path.branch.dilation
                            }, stride: layer.receptiveField.stride)
                }
                let joined = parts.dropFirst().reduce(parts[0]) { $0.joined($1) }
                y = convolved(normalised(joined, layer.joinNorm).rectified, layer.joining)
            }
            return adding(block.residual, to: normalised(y, block.temporalNorm)).rectified
        }
    }

    /// A random clip, (frames, joints, channels).
    static func clip(_ network: ContinualNetwork, frames: Int, seed: UInt64) -> [Float] {
        var stream = SplitMix64(seed: seed)
        return (0..<frames * network.joints * network.inputChannels).map { _ in stream.normal() }
    }

    /// The same clip, channels first.
    static func feature(_ network: ContinualNetwork, _ clip: [Float]) -> Feature {
        let (joints, channels) = (network.joints, network.inputChannels)
        var feature = Feature(channels: channels, frames: clip.count / joints / channels, joints: joints)
        for (i, value) in clip.enumerated() {
            feature[i % channels, i / channels / joints, i / channels % joints] = value
        }
        return feature
    }
}

extension RandomNetwork {
    /// One frame of a clip.
    static func frame(_ network: ContinualNetwork, _ clip: [Float], _ time: Int) -> [Float] {
        let size = network.joints * network.inputChannels
        return Array(clip[time * size..<(time + 1) * size])
    }
}
