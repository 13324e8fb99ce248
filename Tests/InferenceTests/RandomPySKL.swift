import Inference
import Randomness

/// A small network with tensors as PySKL names them, drawn at random, and what PySKL's layers make of a clip, written
/// down layer by layer as plain loops.
struct RandomPySKL {
    private(set) var tensors: [String: (shape: [Int], values: [Float])] = [:]
    let joints: Int
    let partitions: Int
    private(set) var strides: [Int] = []
    let adjacency: PySKLAdjacency
    private let classes: Int
    private let inputChannels: Int
    private var outputs: [Int] = []
    private let isBranched: Bool
    private let addsGraphInput: Bool
    private let clipFrames: Int

    /// - Parameter isBranched: ST-GCN++, else ST-GCN.
    init(blocks: Int, isBranched: Bool, stream: inout SplitMix64) {
        func pick(_ range: ClosedRange<Int>) -> Int {
            range.lowerBound + Int(stream.next() % UInt64(range.count))
        }
        self.isBranched = isBranched
        joints = pick(1...22)
        partitions = pick(1...3)
        inputChannels = pick(1...4)
        classes = pick(1...6)
        clipFrames = pick(2...10)
        adjacency = stream.chance(0.5) ? .importance : .offset
        addsGraphInput = isBranched || stream.chance(0.3)
        let hasOwnAdjacency = !isBranched && stream.chance(0.5)
        let isAfterMixing = stream.chance(0.3)
        var channels = inputChannels
        add("backbone.data_bn", norm: joints * inputChannels, &stream)
        for index in 0..<blocks {
            let name = "backbone.gcn.\(index)"
            // The first block always widens: from a network's shapes alone its inner path could not be told otherwise.
            let next = index > 0 && stream.chance(0.5) ? channels : channels + pick(6...24)
            let stride = pick(1...3)
            add(name + ".gcn.A", [partitions, joints, joints], &stream, deviation: 0.4)
            if hasOwnAdjacency { add(name + ".gcn.PA", [partitions, joints, joints], &stream, deviation: 0.4) }
            if isAfterMixing {
                add(name + ".gcn.conv", convolution: [next, partitions * channels, 1, 1], &stream)
            } else {
                add(name + ".gcn.conv", convolution: [partitions * next, channels, 1, 1], &stream)
            }
            add(name + ".gcn.bn", norm: next, &stream)
            if addsGraphInput, next != channels {
                add(name + ".gcn.down.0", convolution: [next, channels, 1, 1], &stream)
                add(name + ".gcn.down.1", norm: next, &stream)
            }
            addTemporal(name + ".tcn", channels: next, kernel: 2 * pick(0...4) + 1, &stream)
            if index > 0, next != channels || stride != 1 {
                add(name + ".residual.conv", convolution: [next, channels, 1, 1], &stream)
                add(name + ".residual.bn", norm: next, &stream)
            }
            outputs.append(next)
            strides.append(stride)
            channels = next
        }
        add("cls_head.fc_cls.weight", [classes, channels], &stream, deviation: 0.5)
        add("cls_head.fc_cls.bias", [classes], &stream, deviation: 0.5)
    }

    private mutating func addTemporal(_ name: String, channels: Int, kernel: Int, _ stream: inout SplitMix64) {
        add(name + ".bn", norm: channels, &stream)
        guard isBranched else { return add(name + ".conv", convolution: [channels, channels, kernel, 1], &stream) }
        let narrow = channels / 6
        for branch in 0..<6 {
            let place = name + ".branches.\(branch)"
            let width = branch == 0 ? channels - 5 * narrow : narrow
            guard branch < 5 else {
                add(place, convolution: [width, channels, 1, 1], &stream)
                continue
            }
            add(place + ".0", convolution: [width, channels, 1, 1], &stream)
            add(place + ".1", norm: width, &stream)
            if branch < 4 { add(place + ".3.conv", convolution: [width, width, 3, 1], &stream) }
        }
        add(name + ".transform.0", norm: channels, &stream)
        add(name + ".transform.2", convolution: [channels, channels, 1, 1], &stream)
    }

    private mutating func add(_ name: String, _ shape: [Int], _ stream: inout SplitMix64, deviation: Float) {
        tensors[name] = (shape, (0..<shape.reduce(1, *)).map { _ in stream.normal() * deviation })
    }

    private mutating func add(_ name: String, convolution shape: [Int], _ stream: inout SplitMix64) {
        let fan = Float(shape[1] * shape[2])
        add(name + ".weight", shape, &stream, deviation: (1 / fan).squareRoot())
        add(name + ".bias", [shape[0]], &stream, deviation: 0.2)
    }

    private mutating func add(_ name: String, norm channels: Int, _ stream: inout SplitMix64) {
        add(name + ".weight", [channels], &stream, deviation: 1)
        add(name + ".bias", [channels], &stream, deviation: 0.3)
        add(name + ".running_mean", [channels], &stream, deviation: 0.3)
        tensors[name + ".running_var"] = ([channels], (0..<channels).map { _ in 0.3 + stream.unit() })
    }

    /// The weight file.
    var bytes: [UInt8] {
        var file = TensorFileWriter()
        for (name, tensor) in tensors.sorted(by: { $0.key < $1.key }) {
            file.add(name, shape: tensor.shape, values: tensor.values)
        }
        return file.bytes
    }

    func network() throws(InferenceError) -> ContinualNetwork {
        try ContinualNetwork(
            pyskl: TensorFile(bytes, file: "drawn"), clipFrames: clipFrames, strides: strides, adjacency: adjacency)
    }

    mutating func remove(_ name: String) { tensors[name] = nil }

    mutating func add(_ name: String, shape: [Int]) {
        tensors[name] = (shape, [Float](repeating: 1, count: shape.reduce(1, *)))
    }

    var drawn: DrawnNetwork {
        get throws {
            DrawnNetwork(
                network: try network(), features: features,
                logits: { pooled in
                    Feature(channels: pooled.count, frames: 1, joints: 1, values: pooled).convolved(
                        values("cls_head.fc_cls.weight"), values("cls_head.fc_cls.bias")
                    ).values
                },
                words: """
                    PySKL \(isBranched ? "branched" : "plain"), \(joints) joints, \(partitions) partitions, \
                    channels \(outputs), strides \(strides)
                    """)
        }
    }

    // MARK: By definition

    private func values(_ name: String) -> [Float] { tensors[name]?.values ?? [] }

    private func features(_ input: Feature) -> Feature {
        var x = input
        // Normalised for each joint and channel, joints outside.
        let (gain, shift) = affine("backbone.data_bn")
        for c in 0..<x.channels {
            for t in 0..<x.frames {
                for v in 0..<joints { x[c, t, v] = x[c, t, v] * gain[v * x.channels + c] + shift[v * x.channels + c] }
            }
        }
        for index in outputs.indices {
            let name = "backbone.gcn.\(index)"
            let hidden = graph(name + ".gcn", x)
            var y = temporal(name + ".tcn", hidden, stride: strides[index])
            if tensors[name + ".residual.conv.weight"] != nil {
                y = y.adding(
                    normalised(name + ".residual.bn", convolved(name + ".residual.conv", x, stride: strides[index])))
            } else if index > 0 {
                y = y.adding(x)
            }
            x = y.rectified
        }
        return x
    }

    private func graph(_ name: String, _ x: Feature) -> Feature {
        var links = values(name + ".A")
        if tensors[name + ".PA"] != nil {
            let learned = values(name + ".PA")
            for i in links.indices {
                links[i] = adjacency == .importance ? links[i] * learned[i] : links[i] + learned[i]
            }
        }
        let outputs = values(name + ".bn.weight").count
        var y: Feature
        if tensors[name + ".conv.weight"]?.shape[0] == partitions * outputs {
            y = convolved(name + ".conv", x).mixed(links, partitions: partitions)
        } else {
            let size = joints * joints
            let parts = (0..<partitions).map { x.mixed(Array(links[$0 * size..<($0 + 1) * size]), partitions: 1) }
            y = convolved(name + ".conv", parts.dropFirst().reduce(parts[0]) { $0.joined($1) })
        }
        y = normalised(name + ".bn", y)
        if tensors[name + ".down.0.weight"] != nil {
            y = y.adding(normalised(name + ".down.1", convolved(name + ".down.0", x)))
        } else if addsInput {
            y = y.adding(x)
        }
        return y.rectified
    }

    /// An inner path shows in the weights of those blocks that change the number of channels.
    private var addsInput: Bool { tensors.keys.contains { $0.hasSuffix(".gcn.down.0.weight") } }

    private func temporal(_ name: String, _ x: Feature, stride: Int) -> Feature {
        guard isBranched else { return normalised(name + ".bn", convolved(name + ".conv", x, stride: stride)) }
        let branches = (0..<6).map { branch in
            let place = name + ".branches.\(branch)"
            if branch == 5 { return convolved(place, x, stride: stride) }
            let narrow = normalised(place + ".1", convolved(place + ".0", x)).rectified
            return branch == 4
                ? narrow.largest(of: [-1, 0, 1], stride: stride)
                : convolved(place + ".3.conv", narrow, stride: stride, dilation: branch + 1)
        }
        let joined = branches.dropFirst().reduce(branches[0]) { $0.joined($1) }
        return normalised(
            name + ".bn", convolved(name + ".transform.2", normalised(name + ".transform.0", joined).rectified))
    }

    private func convolved(_ name: String, _ x: Feature, stride: Int = 1, dilation: Int = 1) -> Feature {
        x.convolved(
            values(name + ".weight"), values(name + ".bias"), kernel: tensors[name + ".weight"]?.shape[2] ?? 1,
            stride: stride, dilation: dilation)
    }

    private func normalised(_ name: String, _ x: Feature) -> Feature {
        let (gain, shift) = affine(name)
        return x.normalised(gain: gain, shift: shift)
    }

    private func affine(_ name: String) -> (gain: [Float], shift: [Float]) {
        let (mean, variance) = (values(name + ".running_mean"), values(name + ".running_var"))
        let (scale, offset) = (values(name + ".weight"), values(name + ".bias"))
        let gain = scale.indices.map { scale[$0] / (variance[$0] + 1e-5).squareRoot() }
        return (gain, gain.indices.map { offset[$0] - gain[$0] * mean[$0] })
    }
}
