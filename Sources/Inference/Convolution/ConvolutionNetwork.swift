/// A convolution network ready to run: read, planned and packed once; a run then allocates nothing itself (oneDNN makes
/// and frees a small table of arguments for each primitive).
///
/// A network uses the calling thread only and shares nothing with other networks, so one can run on each thread.
package final class ConvolutionNetwork {
    private enum Step {
        case primitive(OneDNNPrimitive)
        case copy(StridedCopy, from: UnsafePointer<Float>, to: UnsafeMutablePointer<Float>)
    }

    /// What `withInput` takes and `withOutput` gives, in the file's order (or the order asked for).
    package let inputs: [TensorInfo]
    package let outputs: [TensorInfo]
    /// One line: how many operators, multiply-adds and bytes.
    package let summary: String
    /// Multiply-adds of one run.
    package let multiplyAdds: Int
    /// How many oneDNN primitives a run calls.
    package let primitiveCount: Int
    private let steps: [Step]
    private let constants: [OneDNNConstant]
    private let arena: AlignedStorage
    private let inputBuffers: [UnsafeMutableBufferPointer<Float>]
    private let outputBuffers: [UnsafeBufferPointer<Float>]

    /// Reads a `.tflite` file.
    ///
    /// - Parameter outputs: names of the outputs wanted, in this order; whatever only the others need is not computed.
    ///   All of them by default.
    package convenience init(contentsOf path: String, outputs: [String]? = nil) throws(InferenceError) {
        try self.init(try TFLiteReader.read(contentsOf: path), outputs: outputs)
    }

    /// Plans a graph.
    package init(_ graph: ConvolutionGraph, outputs wanted: [String]? = nil) throws(InferenceError) {
        var graph = graph
        try graph.checkShapes()
        if let wanted { try graph.keep(outputs: wanted) }
        graph.prune()
        graph.fuse()
        inputs = graph.inputs.map { TensorInfo(name: graph.values[$0].name, shape: graph.values[$0].shape) }
        outputs = graph.outputs.map { TensorInfo(name: graph.values[$0].name, shape: graph.values[$0].shape) }
        let file = graph.file
        let engine: OneDNNEngine
        do {
            engine = try OneDNNEngine()
        } catch {
            throw InferenceError(.libraryFailure, file: file, "\(error)")
        }
        let planner = try ConvolutionPlanner(graph, engine)
        let plan = MemoryPlan(planner.memoryBuffers)
        let arena = AlignedStorage(bytes: plan.totalBytes)
        func floats(_ buffer: Int) -> UnsafeMutablePointer<Float> {
            (arena.base + plan.offsets[buffer]).assumingMemoryBound(to: Float.self)
        }
        var steps: [Step] = []
        var constants: [OneDNNConstant] = []
        do {
            for step in planner.steps {
                switch step {
                case .copy(let copy, let from, let to):
                    steps.append(.copy(copy, from: UnsafePointer(floats(from)), to: floats(to)))
                case .primitive(let operation, let arguments):
                    var memories: [(OneDNNOperation.Argument, OneDNNMemory)] = []
                    for (argument, operand) in arguments {
                        switch operand {
                        case .constant(let constant):
                            constants.append(constant)
                            memories.append((argument, constant.memory))
                        case .buffer(let placement):
                            let memory = try OneDNNMemory(
                                placement.descriptor, engine, at: arena.base + plan.offsets[placement.buffer])
                            memories.append((argument, memory))
                        }
                    }
                    steps.append(.primitive(try operation.primitive(engine, memories)))
                }
            }
        } catch {
            throw InferenceError(.libraryFailure, file: file, "\(error)")
        }
        inputBuffers = zip(planner.inputs, inputs).map {
            UnsafeMutableBufferPointer(start: floats($0.buffer), count: $1.count)
        }
        outputBuffers = zip(planner.outputs, outputs).map {
            UnsafeBufferPointer(start: floats($0.buffer), count: $1.count)
        }
        self.steps = steps
        primitiveCount = steps.count {
            if case .primitive = $0 { true } else { false }
        }
        self.constants = constants
        self.arena = arena
        multiplyAdds = graph.multiplyAdds
        let weightBytes = constants.reduce(0) { $0 + $1.bytes }
        summary =
            "\(file): \(graph.nodes.count) operators in \(steps.count) steps, \(multiplyAdds) multiply-adds, "
            + "\(weightBytes) bytes of weights, \(arena.bytes) bytes of activations"
    }

    /// Lets `body` fill an input, row-major. What it writes stays until it is written again.
    package func withInput<R>(
        _ index: Int = 0, _ body: (UnsafeMutableBufferPointer<Float>) throws -> R
    ) rethrows -> R {
        try body(inputBuffers[index])
    }

    /// Computes the outputs from the inputs, on the calling thread.
    package func run() {
        OneDNNEngine.useOneThread()
        for step in steps {
            switch step {
            case .primitive(let primitive): primitive.run()
            case .copy(let copy, let from, let to): copy.execute(from: from, to: to)
            }
        }
    }

    /// Lets `body` read an output of the last run, row-major.
    package func withOutput<R>(_ index: Int, _ body: (UnsafeBufferPointer<Float>) throws -> R) rethrows -> R {
        try body(outputBuffers[index])
    }
}
