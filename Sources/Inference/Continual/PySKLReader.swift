/// Brings over networks of PySKL (Duan et al. 2022): ST-GCN and ST-GCN++, names and shapes as PySKL writes them.
///
/// A weight file does not say everything. Strides follow PySKL's habit, 2 where the path around a block has weights,
/// unless they are given; dilations are 1, 2, 3 … in the order of the branches; pooling branches look at 3 frames.
struct PySKLReader {
    private let file: TensorFile
    private let adjacency: PySKLAdjacency
    private let joints: Int
    private let partitions: Int
    private let addsGraphInput: Bool
    private var used: Set<String> = []

    /// - Throws: what is missing or does not fit, by the tensor's name.
    static func network(
        _ file: TensorFile, clipFrames: Int, strides: [Int]?, adjacency: PySKLAdjacency
    ) throws(InferenceError) -> ContinualNetwork {
        var reader = try PySKLReader(file, adjacency: adjacency)
        return try reader.read(clipFrames: clipFrames, strides: strides)
    }

    private init(_ file: TensorFile, adjacency: PySKLAdjacency) throws(InferenceError) {
        guard let shape = file.shape(of: "backbone.gcn.0.gcn.A"), shape.count == 3, shape[1] == shape[2],
            (1...8).contains(shape[0]), (1...256).contains(shape[1])
        else {
            throw InferenceError(
                .mismatch, file: file.file, place: "backbone.gcn.0.gcn.A",
                expected: "the adjacency of a PySKL network, (1 to 8, joints, joints)",
                found: file.shape(of: "backbone.gcn.0.gcn.A").map { "shape \($0)" } ?? "no such tensor")
        }
        self.file = file
        self.adjacency = adjacency
        partitions = shape[0]
        joints = shape[1]
        addsGraphInput = file.names.contains { $0.hasSuffix(".gcn.down.0.weight") }
    }

    private mutating func read(clipFrames: Int, strides: [Int]?) throws(InferenceError) -> ContinualNetwork {
        var blockCount = 0
        while file.shape(of: "backbone.gcn.\(blockCount).gcn.A") != nil { blockCount += 1 }
        if let strides, strides.count != blockCount {
            throw InferenceError(
                .mismatch, file: file.file, place: "strides", expected: "\(blockCount), one for each block",
                found: "\(strides.count)")
        }
        let inputChannels = try width(of: "backbone.gcn.0.gcn.conv.weight", axis: 1)
        // A convolution after the mixing sees the input once for each partition.
        let rows = try width(of: "backbone.gcn.0.gcn.conv.weight", axis: 0)
        let outputs = try width(of: "backbone.gcn.0.gcn.bn.weight", axis: 0)
        var channels = rows == outputs * partitions ? inputChannels : inputChannels / partitions
        let firstChannels = channels
        var input: (gain: [Float], shift: [Float])?
        if file.shape(of: "backbone.data_bn.weight") != nil {
            input = try norm("backbone.data_bn", channels: joints * firstChannels)
        }
        var blocks: [ContinualNetwork.Block] = []
        for index in 0..<blockCount {
            let name = "backbone.gcn.\(index)"
            let stride = strides?[index] ?? (file.shape(of: name + ".residual.conv.weight") == nil ? 1 : 2)
            let block = try block(name, from: channels, stride: stride, isFirst: index == 0)
            channels = block.temporal.outputChannels
            blocks.append(block)
        }
        let classes = try width(of: "cls_head.fc_cls.weight", axis: 0)
        let headWeight = try values("cls_head.fc_cls.weight", [classes, channels])
        let headBias = try bias("cls_head.fc_cls.bias", count: classes)
        let names = file.names.filter { !$0.hasSuffix(".num_batches_tracked") }
        if let unknown = names.first(where: { !used.contains($0) }) {
            throw InferenceError(
                .unsupported, file: file.file, place: unknown, expected: "a layer of ST-GCN or ST-GCN++",
                found: "a tensor that no such layer has")
        }
        let parameterCount = names.reduce(0) { sum, name in
            let isStatistic = name.hasSuffix(".running_mean") || name.hasSuffix(".running_var")
            return isStatistic ? sum : sum + (file.shape(of: name) ?? []).reduce(1, *)
        }
        return ContinualNetwork(
            joints: joints, inputChannels: firstChannels, classes: classes, clipFrames: clipFrames,
            inputGain: input?.gain, inputShift: input?.shift, blocks: blocks, headWeight: headWeight,
            headBias: headBias, parameterCount: parameterCount)
    }

    private mutating func block(
        _ name: String, from channels: Int, stride: Int, isFirst: Bool
    ) throws(InferenceError) -> ContinualNetwork.Block {
        let graph = try graph(name + ".gcn", from: channels)
        let outputs = graph.outputChannels
        var shortcut = Shortcut.none
        var around = [Float](repeating: 0, count: outputs)
        if file.shape(of: name + ".residual.conv.weight") != nil {
            let norm = try norm(name + ".residual.bn", channels: outputs)
            let convolution = try convolution(name + ".residual.conv", from: channels, to: outputs)
            shortcut = .projection(scaled(convolution.weight, rows: norm.gain))
            for i in around.indices { around[i] = convolution.bias[i] * norm.gain[i] + norm.shift[i] }
        } else if !isFirst, channels == outputs, stride == 1 {
            shortcut = .identity
        }
        if file.shape(of: name + ".tcn.conv.weight") != nil {
            return ContinualNetwork.Block(
                graph: graph,
                temporal: try plain(
                    name + ".tcn", from: channels, to: outputs, stride: stride, shortcut: shortcut, around: around))
        }
        return ContinualNetwork.Block(
            graph: graph,
            temporal: try branched(
                name + ".tcn", from: channels, to: outputs, stride: stride, shortcut: shortcut, around: around))
    }

    private mutating func graph(_ name: String, from channels: Int) throws(InferenceError) -> GraphLayer {
        let outputs = try width(of: name + ".bn.weight", axis: 0)
        let norm = try norm(name + ".bn", channels: outputs)
        var links = try values(name + ".A", [partitions, joints, joints])
        if file.shape(of: name + ".PA") != nil {
            let learned = try values(name + ".PA", [partitions, joints, joints])
            for i in links.indices {
                links[i] = adjacency == .importance ? links[i] * learned[i] : links[i] + learned[i]
            }
        }
        let isBeforeMixing = try width(of: name + ".conv.weight", axis: 0) == partitions * outputs
        let map =
            try isBeforeMixing
            ? convolution(name + ".conv", from: channels, to: partitions * outputs)
            : convolution(name + ".conv", from: partitions * channels, to: outputs)
        // The matrix of each partition, whichever way round the two maps stand; they commute.
        let weights = (0..<partitions).map { partition in
            (0..<outputs).flatMap { output in
                (0..<channels).map { input in
                    norm.gain[output]
                        * map.weight[
                            isBeforeMixing
                                ? (partition * outputs + output) * channels + input
                                : (output * partitions + partition) * channels + input]
                }
            }
        }
        var bias = [Float](repeating: 0, count: joints * outputs)
        for joint in 0..<joints {
            for output in 0..<outputs {
                var sum: Float = isBeforeMixing ? 0 : map.bias[output]
                // A bias that comes before the mixing is gathered from the neighbours as everything else is.
                for partition in 0..<partitions where isBeforeMixing {
                    for from in 0..<joints {
                        sum +=
                            links[(partition * joints + from) * joints + joint] * map.bias[partition * outputs + output]
                    }
                }
                bias[joint * outputs + output] = sum * norm.gain[output] + norm.shift[output]
            }
        }
        var shortcut = Shortcut.none
        if file.shape(of: name + ".down.0.weight") != nil {
            let down = try convolution(name + ".down.0", from: channels, to: outputs)
            let downNorm = try self.norm(name + ".down.1", channels: outputs)
            shortcut = .projection(scaled(down.weight, rows: downNorm.gain))
            for i in bias.indices {
                bias[i] += down.bias[i % outputs] * downNorm.gain[i % outputs] + downNorm.shift[i % outputs]
            }
        } else if addsGraphInput {
            guard channels == outputs else {
                throw InferenceError(
                    .mismatch, file: file.file, place: name + ".down.0.weight",
                    expected: "a projection from \(channels) to \(outputs) channels", found: "no such tensor")
            }
            shortcut = .identity
        }
        return GraphLayer(
            from: channels, to: outputs, joints: joints, adjacency: links, weights: weights, bias: bias,
            shortcut: shortcut)
    }

    private mutating func plain(
        _ name: String, from channels: Int, to outputs: Int, stride: Int, shortcut: Shortcut, around: [Float]
    ) throws(InferenceError) -> TemporalLayer {
        let kernel = try kernel(name + ".conv.weight")
        let map = try convolution(name + ".conv", from: outputs, to: outputs, kernel: kernel)
        let norm = try norm(name + ".bn", channels: outputs)
        return TemporalLayer(
            joints: joints, inputChannels: channels, hiddenChannels: outputs, outputChannels: outputs, kernel: kernel,
            stride: stride, dilation: 1, weight: scaled(map.weight, rows: norm.gain),
            bias: (0..<outputs).map { map.bias[$0] * norm.gain[$0] + norm.shift[$0] + around[$0] }, shortcut: shortcut)
    }

    private mutating func branched(
        _ name: String, from channels: Int, to outputs: Int, stride: Int, shortcut: Shortcut, around: [Float]
    ) throws(InferenceError) -> BranchedTemporalLayer {
        let total = try width(of: name + ".transform.0.weight", axis: 0)
        let joined = try norm(name + ".transform.0", channels: total)
        var branches: [BranchedTemporalLayer.Branch] = []
        var first = 0
        while first < total {
            let branch = try branch(
                name + ".branches.\(branches.count)", number: branches.count, hidden: outputs, first: first,
                joined: joined)
            branches.append(branch)
            first += branch.channels
        }
        let last = try convolution(name + ".transform.2", from: total, to: outputs)
        let norm = try norm(name + ".bn", channels: outputs)
        return BranchedTemporalLayer(
            joints: joints, inputChannels: channels, hiddenChannels: outputs, outputChannels: outputs, stride: stride,
            branches: branches, weight: scaled(last.weight, rows: norm.gain),
            bias: (0..<outputs).map { last.bias[$0] * norm.gain[$0] + norm.shift[$0] + around[$0] },
            shortcut: shortcut)
    }

    /// - Parameters:
    ///   - first: where the branch's channels start among all branches'.
    ///   - joined: the normalisation of all branches side by side, which comes after them.
    private mutating func branch(
        _ name: String, number: Int, hidden: Int, first: Int, joined: (gain: [Float], shift: [Float])
    ) throws(InferenceError) -> BranchedTemporalLayer.Branch {
        let isPoint = file.shape(of: name + ".weight") != nil
        let map = isPoint ? name : name + ".0"
        let channels = try width(of: map + ".weight", axis: 0)
        guard first + channels <= joined.gain.count else {
            throw InferenceError(
                .mismatch, file: file.file, place: map + ".weight",
                expected: "at most \(joined.gain.count - first) channels", found: "\(channels)")
        }
        let narrow = try convolution(map, from: hidden, to: channels)
        let gain = Array(joined.gain[first..<first + channels])
        let shift = Array(joined.shift[first..<first + channels])
        func affine(_ bias: [Float], _ gain: [Float], _ shift: [Float]) -> [Float] {
            bias.indices.map { bias[$0] * gain[$0] + shift[$0] }
        }
        if isPoint {
            return BranchedTemporalLayer.Branch(
                channels: channels, weight: scaled(narrow.weight, rows: gain), bias: affine(narrow.bias, gain, shift),
                shape: TemporalBranch(kernel: 1), kind: .point)
        }
        let norm = try norm(name + ".1", channels: channels)
        var shape = TemporalBranch(.largest, kernel: 3)
        var kind = BranchedTemporalLayer.Branch.Kind.largest(gain: gain, shift: shift)
        if file.shape(of: name + ".3.conv.weight") != nil {
            let kernel = try kernel(name + ".3.conv.weight")
            let inner = try convolution(name + ".3.conv", from: channels, to: channels, kernel: kernel)
            shape = TemporalBranch(kernel: kernel, dilation: number + 1)
            kind = .convolution(
                weight: scaled(inner.weight, rows: gain), bias: affine(inner.bias, gain, shift))
        }
        return BranchedTemporalLayer.Branch(
            channels: channels, weight: scaled(narrow.weight, rows: norm.gain),
            bias: affine(narrow.bias, norm.gain, norm.shift), shape: shape, kind: kind)
    }

    // MARK: Tensors

    private mutating func values(_ name: String, _ shape: [Int]) throws(InferenceError) -> [Float] {
        let values = try file.finiteValues(of: name, shape: shape)
        used.insert(name)
        return values
    }

    /// A tensor that may be left out, then zeros.
    private mutating func bias(_ name: String, count: Int) throws(InferenceError) -> [Float] {
        file.shape(of: name) == nil ? [Float](repeating: 0, count: count) : try values(name, [count])
    }

    private mutating func convolution(
        _ name: String, from inputs: Int, to outputs: Int, kernel: Int = 1
    ) throws(InferenceError) -> (weight: [Float], bias: [Float]) {
        (try values(name + ".weight", [outputs, inputs, kernel, 1]), try bias(name + ".bias", count: outputs))
    }

    /// The affine map that a batch normalisation is at inference.
    private mutating func norm(
        _ name: String, channels: Int
    ) throws(InferenceError) -> (gain: [Float], shift: [Float]) {
        let scale = try values(name + ".weight", [channels])
        let offset = try values(name + ".bias", [channels])
        let mean = try values(name + ".running_mean", [channels])
        let variance = try values(name + ".running_var", [channels])
        let gain = (0..<channels).map { scale[$0] / (max(variance[$0], 0) + BatchNormalisation.epsilon).squareRoot() }
        return (gain, (0..<channels).map { offset[$0] - gain[$0] * mean[$0] })
    }

    /// The size of one axis of a tensor that must be there.
    private func width(of name: String, axis: Int) throws(InferenceError) -> Int {
        guard let shape = file.shape(of: name), shape.indices.contains(axis), (1...1 << 16).contains(shape[axis]) else {
            throw InferenceError(
                .mismatch, file: file.file, place: name, expected: "a tensor of a PySKL network",
                found: file.shape(of: name).map { "shape \($0)" } ?? "no such tensor")
        }
        return shape[axis]
    }

    private func kernel(_ name: String) throws(InferenceError) -> Int {
        let kernel = try width(of: name, axis: 2)
        guard kernel % 2 == 1, kernel <= 63 else {
            throw InferenceError(
                .unsupported, file: file.file, place: name, expected: "an odd number of taps up to 63",
                found: "\(kernel)")
        }
        return kernel
    }
}
