/// Turns a graph into steps over buffers: chooses layouts, packs weights, says which buffer lives when.
struct ConvolutionPlanner {
    /// Where a value is: a buffer and the layout in it.
    struct Placement {
        var buffer: Int
        var descriptor: OneDNNDescriptor
    }

    /// What an argument of a step refers to.
    enum Operand {
        case buffer(Placement)
        case constant(OneDNNConstant)
    }

    enum Step {
        case primitive(OneDNNOperation, [(argument: OneDNNOperation.Argument, operand: Operand)])
        case copy(StridedCopy, from: Int, to: Int)
    }

    let graph: ConvolutionGraph
    let engine: OneDNNEngine
    private(set) var steps: [Step] = []
    /// Bytes of each buffer.
    private(set) var buffers: [Int] = []
    /// Buffers that keep their content from run to run.
    private(set) var lastingBuffers: Set<Int> = []
    private(set) var inputs: [Placement] = []
    private(set) var outputs: [Placement] = []
    /// Where each value is, the layout it was made in first.
    private var placements: [[Placement]]
    /// Which nodes read each value.
    private let consumers: [[Int]]
    /// Buffers that more than one value lies in.
    private var sharedBuffers: Set<Int> = []
    /// The node being planned.
    private var nodeIndex = 0

    init(_ graph: ConvolutionGraph, _ engine: OneDNNEngine) throws(InferenceError) {
        self.graph = graph
        self.engine = engine
        placements = Array(repeating: [], count: graph.values.count)
        var consumers = [[Int]](repeating: [], count: graph.values.count)
        for (index, node) in graph.nodes.enumerated() {
            for value in node.reads { consumers[value].append(index) }
        }
        self.consumers = consumers
        do {
            for input in graph.inputs {
                let placement = try newPlacement(try plain(input))
                lastingBuffers.insert(placement.buffer)
                placements[input] = [placement]
                inputs.append(placement)
            }
        } catch {
            throw InferenceError(.libraryFailure, file: graph.file, place: "inputs", "\(error)")
        }
        for (index, node) in graph.nodes.enumerated() {
            nodeIndex = index
            do {
                try plan(node)
            } catch {
                throw graph.error(.libraryFailure, node, "\(error)")
            }
        }
        do {
            for output in graph.outputs {
                let placement = try fetch(output, as: try plain(output))
                lastingBuffers.insert(placement.buffer)
                outputs.append(placement)
            }
        } catch {
            throw InferenceError(.libraryFailure, file: graph.file, place: "outputs", "\(error)")
        }
    }

    /// First and last step that touches each buffer.
    var memoryBuffers: [MemoryPlan.Buffer] {
        var first = [Int](repeating: .max, count: buffers.count)
        var last = [Int](repeating: 0, count: buffers.count)
        func touch(_ buffer: Int, _ step: Int) {
            first[buffer] = min(first[buffer], step)
            last[buffer] = max(last[buffer], step)
        }
        for (index, step) in steps.enumerated() {
            switch step {
            case .primitive(_, let arguments):
                for (_, operand) in arguments {
                    if case .buffer(let placement) = operand { touch(placement.buffer, index) }
                }
            case .copy(_, let from, let to):
                touch(from, index)
                touch(to, index)
            }
        }
        return buffers.indices.map {
            let life = lastingBuffers.contains($0) ? 0...steps.count : min(first[$0], last[$0])...last[$0]
            return MemoryPlan.Buffer(bytes: buffers[$0], life: life)
        }
    }

    // MARK: Nodes

    private mutating func plan(_ node: ConvolutionGraph.Node) throws(OneDNNFailure) {
        switch node.operation {
        case .convolution(let window), .depthwiseConvolution(let window):
            try planConvolution(node, window)
        case .fullyConnected:
            try planConvolution(node, Window(kernel: Extent(1, 1)))
        case .add:
            let first = placements[node.inputs[0]][0]
            let second = try fetch(node.inputs[1], as: first.descriptor)
            var rest = node.epilogue[...]
            let fused = isRounded(first, node.output) ? [] : leadingActivation(&rest)
            let sum = try newPlacement(first.descriptor)
            try add(first, second, into: sum, fused)
            placements[node.output] = [try finish(sum, Array(rest))]
        case .maxPool(let window):
            let source = placements[node.inputs[0]][0]
            let operation = try OneDNNOperation.maxPool(
                engine, source: source.descriptor, destination: try free(node.output), window: window,
                attributes: try OneDNNAttributes())
            try place(node, operation, source, node.epilogue)
        case .resizeBilinear:
            let source = placements[node.inputs[0]][0]
            var rest = node.epilogue[...]
            let operation = try OneDNNOperation.resize(
                engine, source: source.descriptor, destination: try free(node.output),
                attributes: try OneDNNAttributes(leadingActivation(&rest)))
            try place(node, operation, source, Array(rest))
        case .spatialMean:
            let source = placements[node.inputs[0]][0]
            let operation = try OneDNNOperation.mean(
                engine, source: source.descriptor, destination: try free(node.output),
                over: graph.values[node.inputs[0]].extent, attributes: try OneDNNAttributes())
            try place(node, operation, source, node.epilogue)
        case .activation(let activation):
            try planInPlace(node, [.activation(activation)] + node.epilogue)
        case .prelu:
            try planInPlace(node, [.prelu(node.inputs[1])] + node.epilogue)
        case .reshape:
            let source = try fetch(node.inputs[0], as: try plain(node.inputs[0]))
            sharedBuffers.insert(source.buffer)
            placements[node.output] = [Placement(buffer: source.buffer, descriptor: try plain(node.output))]
        case .concatenate(let axis):
            let shapes = node.inputs.map { graph.values[$0].shape }
            try planCopies(node, StridedCopy.concatenation(of: shapes, axis: axis))
        case .depthToSpace(let block):
            try planCopies(node, [.depthToSpace(graph.values[node.inputs[0]].shape, block: block)])
        case .pad(let before, let after):
            try planCopies(node, [.padding(graph.values[node.inputs[0]].shape, before: before, after: after)])
        }
    }

    private mutating func planConvolution(
        _ node: ConvolutionGraph.Node, _ window: Window
    ) throws(OneDNNFailure) {
        let packed = PackedWeights(node, graph)
        let bias = try OneDNNDescriptor([packed.bias.count], strides: [1])
        let weights = try OneDNNDescriptor(free: packed.dimensions)
        let isRows = node.operation == .fullyConnected
        let source =
            isRows
            ? try OneDNNDescriptor(plain: packed.sourceDimensions)
            : try OneDNNDescriptor(free: packed.sourceDimensions)
        var destination =
            isRows || wantsPlain(node.output)
            ? try OneDNNDescriptor(plain: packed.destinationDimensions)
            : try OneDNNDescriptor(free: packed.destinationDimensions)
        func make(_ operations: [OneDNNAttributes.PostOperation]) throws(OneDNNFailure) -> OneDNNOperation {
            try OneDNNOperation.convolution(
                engine, source: source, weights: weights, bias: bias, destination: destination, window: window,
                attributes: try OneDNNAttributes(operations))
        }
        var (operations, accumulated) = fusible(node)
        var operation = try make(operations)
        if operation.isSlow, !isRows {
            destination = try OneDNNDescriptor(free: packed.destinationDimensions)
            operation = try make(operations)
        }
        if operation.isSlow, !operations.isEmpty {
            (operations, accumulated) = ([], nil)
            operation = try make([])
        }
        var input = try fetch(node.inputs[0], as: isRows ? try plain(node.inputs[0]) : operation.source!)
        if isRows { input.descriptor = source }
        let output: Placement
        if let accumulated {
            output = try fetch(accumulated, as: operation.destination!)
            precondition(output.buffer != input.buffer, "a convolution cannot overwrite what it reads")
        } else {
            output = try newPlacement(operation.destination!)
        }
        let weightMemory = try OneDNNConstant(
            packed.numbers, try OneDNNDescriptor(packed.dimensions, strides: packed.strides), as: operation.weights!,
            engine)
        let biasMemory = try OneDNNConstant(packed.bias, bias, as: bias, engine)
        try append(
            operation,
            [
                (.source, .buffer(input)), (.weights, .constant(weightMemory)), (.bias, .constant(biasMemory)),
                (.destination, .buffer(output)),
            ])
        let named = isRows ? Placement(buffer: output.buffer, descriptor: try plain(node.output)) : output
        placements[node.output] = [try finish(named, Array(node.epilogue.dropFirst(operations.count)))]
    }

    /// The first parts of a node's epilogue that a convolution can take along: activations, and one sum with a value
    /// that nobody reads afterwards, so that the convolution adds to it where it lies.
    private func fusible(
        _ node: ConvolutionGraph.Node
    ) -> (operations: [OneDNNAttributes.PostOperation], accumulated: Int?) {
        var operations: [OneDNNAttributes.PostOperation] = []
        var accumulated: Int?
        for part in node.epilogue {
            switch part {
            case .activation(let activation): operations.append(.init(activation))
            case .add(let value) where accumulated == nil && value != node.inputs[0] && isLastRead(value):
                operations.append(.accumulate)
                accumulated = value
            default: return (operations, accumulated)
            }
        }
        return (operations, accumulated)
    }

    /// Whether the node being planned is the last to read a value, and its buffers hold nothing else.
    private func isLastRead(_ value: Int) -> Bool {
        consumers[value].allSatisfy { $0 <= nodeIndex } && !graph.inputs.contains(value)
            && !graph.outputs.contains(value) && placements[value].allSatisfy { !sharedBuffers.contains($0.buffer) }
    }

    /// A primitive with one source and one destination.
    private mutating func place(
        _ node: ConvolutionGraph.Node, _ operation: OneDNNOperation, _ source: Placement, _ epilogue: [Epilogue]
    ) throws(OneDNNFailure) {
        let destination = try newPlacement(operation.destination!)
        try append(operation, [(.source, .buffer(source)), (.destination, .buffer(destination))])
        placements[node.output] = [try finish(destination, epilogue)]
    }

    /// Copies the input, then works on the copy.
    private mutating func planInPlace(
        _ node: ConvolutionGraph.Node, _ epilogue: [Epilogue]
    ) throws(OneDNNFailure) {
        let source = placements[node.inputs[0]][0]
        let copy = try newPlacement(source.descriptor)
        try reorder(source, copy)
        placements[node.output] = [try finish(copy, epilogue)]
    }

    private mutating func planCopies(
        _ node: ConvolutionGraph.Node, _ copies: [StridedCopy]
    ) throws(OneDNNFailure) {
        let destination = try newPlacement(try plain(node.output))
        for (input, copy) in zip(node.inputs, copies) {
            let source = try fetch(input, as: try plain(input))
            steps.append(.copy(copy, from: source.buffer, to: destination.buffer))
        }
        placements[node.output] = [try finish(destination, node.epilogue)]
    }

    /// What of the epilogue a primitive could not take along, done in place.
    private mutating func finish(
        _ placement: Placement, _ epilogue: [Epilogue]
    ) throws(OneDNNFailure) -> Placement {
        var rest = epilogue[...]
        while let part = rest.popFirst() {
            let target = Operand.buffer(placement)
            switch part {
            case .activation(let activation):
                let operation = try OneDNNOperation.activation(
                    activation, engine, data: placement.descriptor, attributes: try OneDNNAttributes())
                try append(operation, [(.source, target), (.destination, target)])
            case .add(let value):
                let fused = isRounded(placement, value) ? [] : leadingActivation(&rest)
                try add(placement, try fetch(value, as: placement.descriptor), into: placement, fused)
            case .prelu(let value):
                let slopes = graph.values[value].constant!
                let descriptor = try OneDNNDescriptor(plain: [1, slopes.count, 1, 1])
                let operation = try OneDNNOperation.prelu(
                    engine, data: placement.descriptor, slopes: try OneDNNDescriptor(free: [1, slopes.count, 1, 1]),
                    attributes: try OneDNNAttributes())
                let constant = try OneDNNConstant(slopes, descriptor, as: operation.weights!, engine)
                try append(operation, [(.source, target), (.weights, .constant(constant)), (.destination, target)])
            }
        }
        return placement
    }

    private mutating func add(
        _ first: Placement, _ second: Placement, into sum: Placement, _ operations: [OneDNNAttributes.PostOperation]
    ) throws(OneDNNFailure) {
        let operation = try OneDNNOperation.addition(
            engine, first: first.descriptor, second: second.descriptor, destination: sum.descriptor,
            attributes: try OneDNNAttributes(operations))
        try append(
            operation, [(.source, .buffer(first)), (.secondSource, .buffer(second)), (.destination, .buffer(sum))])
    }

    /// Whether a layout has room for more channels than the value has. oneDNN 2.6 goes wrong on AVX2 where a sum in such
    /// a layout also activates.
    private func isRounded(_ placement: Placement, _ value: Int) -> Bool {
        placement.descriptor.bytes != graph.values[value].count * MemoryLayout<Float>.stride
    }

    /// Takes an activation off the front of an epilogue, as the post-operation of what comes before it.
    private func leadingActivation(_ epilogue: inout ArraySlice<Epilogue>) -> [OneDNNAttributes.PostOperation] {
        guard case .activation(let activation)? = epilogue.first else { return [] }
        epilogue.removeFirst()
        return [.init(activation)]
    }

    // MARK: Values

    /// Whether everyone who reads a value wants it plain.
    private func wantsPlain(_ value: Int) -> Bool {
        graph.outputs.contains(value)
            || consumers[value].allSatisfy {
                switch graph.nodes[$0].operation {
                case .reshape, .concatenate, .depthToSpace, .pad: true
                default: false
                }
            }
    }

    /// A shape as oneDNN dimensions (N, C, height, width); other than pictures are rows of their last axis.
    private func dimensions(_ value: Int) -> [Int] {
        let shape = graph.values[value].shape
        guard shape.count == 4 else { return [shape.dropLast().reduce(1, *), shape.last ?? 1, 1, 1] }
        return [shape[0], shape[3], shape[1], shape[2]]
    }

    private func plain(_ value: Int) throws(OneDNNFailure) -> OneDNNDescriptor {
        try OneDNNDescriptor(plain: dimensions(value))
    }

    private func free(_ value: Int) throws(OneDNNFailure) -> OneDNNDescriptor {
        try OneDNNDescriptor(free: dimensions(value))
    }

    private mutating func newPlacement(_ descriptor: OneDNNDescriptor) throws(OneDNNFailure) -> Placement {
        buffers.append(descriptor.bytes)
        return Placement(buffer: buffers.count - 1, descriptor: descriptor)
    }

    /// The value in a layout, reordered into it where nobody has done so yet.
    private mutating func fetch(_ value: Int, as descriptor: OneDNNDescriptor) throws(OneDNNFailure) -> Placement {
        for placement in placements[value] where placement.descriptor.isSame(as: descriptor) { return placement }
        let placement = try newPlacement(descriptor)
        try reorder(placements[value][0], placement)
        placements[value].append(placement)
        return placement
    }

    private mutating func reorder(_ source: Placement, _ destination: Placement) throws(OneDNNFailure) {
        let operation = try OneDNNOperation.reorder(
            engine, source: source.descriptor, destination: destination.descriptor, attributes: try OneDNNAttributes())
        try append(operation, [(.source, .buffer(source)), (.destination, .buffer(destination))])
    }

    private mutating func append(
        _ operation: OneDNNOperation, _ arguments: [(argument: OneDNNOperation.Argument, operand: Operand)]
    ) throws(OneDNNFailure) {
        var arguments = arguments
        if let scratchpad = operation.scratchpad {
            arguments.append((.scratchpad, .buffer(try newPlacement(scratchpad))))
        }
        steps.append(.primitive(operation, arguments))
    }
}

extension OneDNNAttributes.PostOperation {
    init(_ activation: Activation) {
        self =
            switch activation {
            case .relu: .relu
            case .relu6: .clamp(0, 6)
            case .logistic: .logistic
            }
    }
}
