import CConvolution

/// Turns a graph into steps over buffers: chooses layouts, packs weights, says which buffer lives when.
struct ConvolutionPlanner {
    /// Where a value is: a buffer and how the numbers lie in it.
    struct Placement: Equatable {
        var buffer: Int
        var layout: ValueLayout
    }

    let graph: ConvolutionGraph
    var steps: [PlannedStep] = []
    var constants = ConstantPool()
    /// Numbers in each buffer.
    private(set) var buffers: [Int] = []
    /// Buffers that keep their content from run to run.
    private(set) var lastingBuffers: Set<Int> = []
    private(set) var inputs: [Int] = []
    private(set) var outputs: [Int] = []
    /// Where each value is, the layout it was made in first.
    var placements: [[Placement]]
    let chains: SeparableChains
    /// Values that are others with channels of zeros behind: the value without them.
    private(set) var channelPads: [Int: Int] = [:]

    /// Numbers in the weights so far, packed.
    private var weightCount = 0
    /// The most numbers all packed weights may hold (512 MB), and the most bytes all activations may take.
    private static let weightLimit = 1 << 27
    static let activationByteLimit = 1 << 30
    /// How many rows of a picture the kernels look at once.
    private static let mostKernelRows = 256

    init(_ graph: ConvolutionGraph) throws(InferenceError) {
        self.graph = graph
        placements = Array(repeating: [], count: graph.values.count)
        chains = SeparableChains(graph)
        for input in graph.inputs {
            let placement = newPlacement(.plain, count: graph.values[input].count)
            lastingBuffers.insert(placement.buffer)
            placements[input] = [placement]
            inputs.append(placement.buffer)
        }
        for (index, node) in graph.nodes.enumerated() {
            try check(node)
            if !chains.isAbsorbed(index) { plan(node, index) }
        }
        for output in graph.outputs {
            let buffer = fetchPlain(output)
            lastingBuffers.insert(buffer)
            outputs.append(buffer)
        }
    }

    /// First and last step that touches each buffer.
    var memoryBuffers: [MemoryPlan.Buffer] {
        var first = [Int](repeating: .max, count: buffers.count)
        var last = [Int](repeating: 0, count: buffers.count)
        for (index, step) in steps.enumerated() {
            for buffer in step.buffers {
                first[buffer] = min(first[buffer], index)
                last[buffer] = max(last[buffer], index)
            }
        }
        return buffers.indices.map {
            let life = lastingBuffers.contains($0) ? 0...steps.count : min(first[$0], last[$0])...last[$0]
            return MemoryPlan.Buffer(bytes: buffers[$0] * MemoryLayout<Float>.stride, life: life)
        }
    }

    // MARK: Nodes

    private mutating func plan(_ node: ConvolutionGraph.Node, _ index: Int) {
        let output = graph.values[node.output]
        switch node.operation {
        case .convolution(let window):
            if let chain = chains.chain(endingAt: index) {
                planSeparable(chain, node)
            } else if window == Window(kernel: Extent(1, 1)) {
                planProduct(node)
            } else {
                planImage(node, window)
            }
        case .depthwiseConvolution:
            planSeparable(chains.chain(endingAt: index) ?? SeparableChain(depthwise: index), node)
        case .fullyConnected: planProduct(node)
        case .maxPool(let window):
            let (buffer, picture) = fetchBlocks(node.inputs[0])
            let result = BlockedPicture(output.shape)
            let arguments = laban_pool(
                x: nil, height: picture.height, width: picture.width, y: nil, result_height: result.height,
                result_width: result.width, blocks: result.blocks, window: laban_window(window),
                epilogue: laban_epilogue())
            finish(node, .pool(arguments), source: buffer, as: result, node.epilogue[...])
        case .resizeBilinear:
            let (buffer, picture) = fetchBlocks(node.inputs[0])
            let result = BlockedPicture(output.shape)
            let rows = constants.add(Self.between(picture.height, result.height))
            let columns = constants.add(Self.between(picture.width, result.width))
            let arguments = laban_resize(
                x: nil, height: picture.height, width: picture.width, y: nil, result_height: result.height,
                result_width: result.width, blocks: result.blocks, rows: nil, columns: nil, epilogue: laban_epilogue())
            finish(
                node, .resize(arguments, rows: rows, columns: columns), source: buffer, as: result, node.epilogue[...])
        case .spatialMean:
            let (buffer, picture) = fetchBlocks(node.inputs[0])
            let result = BlockedPicture(height: 1, width: 1, channels: picture.channels)
            let arguments = laban_layout(x: nil, y: nil, cells: picture.cells, channels: picture.channels)
            let made = newPlacement(.blocks(result), count: result.count)
            steps.append(PlannedStep(work: .mean(arguments), source: buffer, destination: made.buffer))
            placements[node.output] = [made]
            finishRest(node, of: made.buffer, as: result, node.epilogue[...])
        case .add: planCells(node, [.add(node.inputs[1])] + node.epilogue)
        case .activation(let activation): planCells(node, [.activation(activation)] + node.epilogue)
        case .prelu: planCells(node, [.prelu(node.inputs[1])] + node.epilogue)
        case .reshape:
            placements[node.output] = [Placement(buffer: fetchPlain(node.inputs[0]), layout: .plain)]
            planEpilogueOfCopies(node)
        case .concatenate(let axis):
            planCopies(node, StridedCopy.concatenation(of: node.inputs.map { graph.values[$0].shape }, axis: axis))
        case .depthToSpace(let block):
            planCopies(node, [.depthToSpace(graph.values[node.inputs[0]].shape, block: block)])
        case .pad(let before, let after):
            if isOnlyAdded(node.output), addsChannelsOnly(node, before) {
                channelPads[node.output] = node.inputs[0]
                return
            }
            planCopies(node, [.padding(graph.values[node.inputs[0]].shape, before: before, after: after)])
        }
    }

    /// Checks what the kernels ask for beyond shapes that fit.
    private mutating func check(_ node: ConvolutionGraph.Node) throws(InferenceError) {
        switch node.operation {
        case .convolution(let window), .depthwiseConvolution(let window), .maxPool(let window):
            guard window.kernel.height <= Self.mostKernelRows else {
                throw graph.error(
                    .unsupported, node,
                    "expected a kernel of at most \(Self.mostKernelRows) rows, found \(window.kernel.height)")
            }
        case .resizeBilinear, .spatialMean: break
        case .fullyConnected: return try checkWeights(of: node)
        default: return
        }
        let count = graph.values[node.inputs[0]].shape[0]
        guard count == 1 else {
            throw graph.error(.unsupported, node, "expected one picture at a time, found \(count)")
        }
        if node.inputs.count > 1 { try checkWeights(of: node) }
    }

    /// Packing rounds outputs up to whole blocks: sixteen times as many numbers where there is one output.
    private mutating func checkWeights(of node: ConvolutionGraph.Node) throws(InferenceError) {
        let weights = graph.values[node.inputs[1]]
        weightCount += weights.count + (BlockedPicture.block - 1) * (weights.count / weights.shape[0] + 4)
        guard weightCount <= Self.weightLimit else {
            throw graph.error(.tooLarge, node, "the packed weights hold more than \(Self.weightLimit) numbers")
        }
    }

    /// Where each cell of a longer axis lies between the cells of a shorter one, middles on middles.
    private static func between(_ old: Int, _ new: Int) -> [laban_between] {
        (0..<new).map { cell in
            let position = (Float(cell) + 0.5) * Float(old) / Float(new) - 0.5
            let low = Int(position.rounded(.down))
            return laban_between(
                first: Int32(max(low, 0)), second: Int32(min(low + 1, old - 1)), share: position - Float(low))
        }
    }

    /// Operations on cells one by one.
    private mutating func planCells(_ node: ConvolutionGraph.Node, _ epilogue: [Epilogue]) {
        let (buffer, picture) = fetchBlocks(node.inputs[0])
        finishRest(node, of: buffer, as: picture, epilogue[...], keeping: true)
    }

    private mutating func planCopies(_ node: ConvolutionGraph.Node, _ copies: [StridedCopy]) {
        let made = newPlacement(.plain, count: graph.values[node.output].count)
        for (input, copy) in zip(node.inputs, copies) {
            steps.append(
                PlannedStep(work: .copy(copy), source: fetchPlain(input), destination: made.buffer))
        }
        placements[node.output] = [made]
        planEpilogueOfCopies(node)
    }

    private mutating func planEpilogueOfCopies(_ node: ConvolutionGraph.Node) {
        guard !node.epilogue.isEmpty else { return }
        let (buffer, picture) = fetchBlocks(node.output)
        finishRest(node, of: buffer, as: picture, node.epilogue[...], keeping: true)
    }

    /// Whether a value is read by epilogues alone, to be added.
    private func isOnlyAdded(_ value: Int) -> Bool {
        !graph.outputs.contains(value) && graph.nodes.allSatisfy { !$0.inputs.contains(value) }
    }

    /// Whether padding gives a picture of whole blocks more channels and nothing else.
    private func addsChannelsOnly(_ node: ConvolutionGraph.Node, _ before: [Int]) -> Bool {
        let (source, result) = (graph.values[node.inputs[0]].shape, graph.values[node.output].shape)
        return node.epilogue.isEmpty && source.count == 4 && source[0] == 1 && source.dropLast() == result.dropLast()
            && before[3] == 0 && source[3] % BlockedPicture.block == 0
    }

    // MARK: Values

    mutating func newBuffer(_ count: Int) -> Int {
        buffers.append(count)
        return buffers.count - 1
    }

    mutating func newPlacement(_ layout: ValueLayout, count: Int) -> Placement {
        Placement(buffer: newBuffer(count), layout: layout)
    }

    /// The buffer with the value as it is in the graph.
    mutating func fetchPlain(_ value: Int) -> Int {
        for placement in placements[value] where placement.layout == .plain { return placement.buffer }
        guard let source = placements[value].first, case .blocks(let picture) = source.layout else {
            preconditionFailure("a value is made before it is read")
        }
        // One cell in blocks is its channels in order.
        guard picture.cells > 1 else { return source.buffer }
        let made = newPlacement(.plain, count: graph.values[value].count)
        let arguments = laban_layout(x: nil, y: nil, cells: picture.cells, channels: picture.channels)
        steps.append(PlannedStep(work: .toPlain(arguments), source: source.buffer, destination: made.buffer))
        placements[value].append(made)
        return made.buffer
    }

    /// The buffer with the value in blocks, read as `picture` where it is not to be read by its own shape.
    mutating func fetchBlocks(_ value: Int, as wanted: BlockedPicture? = nil) -> (Int, BlockedPicture) {
        let picture = wanted ?? BlockedPicture(graph.values[value].shape)
        for placement in placements[value] where placement.layout == .blocks(picture) {
            return (placement.buffer, picture)
        }
        let source = fetchPlain(value)
        let made = newPlacement(.blocks(picture), count: picture.count)
        let arguments = laban_layout(x: nil, y: nil, cells: picture.cells, channels: picture.channels)
        steps.append(PlannedStep(work: .toBlocks(arguments), source: source, destination: made.buffer))
        placements[value].append(made)
        return (made.buffer, picture)
    }
}

extension laban_window {
    init(_ window: Window) {
        self.init(
            kernel_height: window.kernel.height, kernel_width: window.kernel.width,
            stride_height: window.stride.height, stride_width: window.stride.width,
            dilation_height: window.dilation.height, dilation_width: window.dilation.width,
            above: window.before.height, left: window.before.width)
    }
}
