import CConvolution

/// A convolution network read, planned and packed: all that never changes. Networks made from one model share it, so
/// that another one costs the memory of its activations only.
///
/// `@unchecked Sendable`: the packed weights are written before `init` returns and only read afterwards.
package final class ConvolutionModel: @unchecked Sendable {
    /// In the file's order (outputs in the order asked for).
    package let inputs: [TensorInfo]
    package let outputs: [TensorInfo]
    /// One line: how many operators, multiply-adds and bytes.
    package let summary: String
    /// Multiply-adds of one run.
    package let multiplyAdds: Int
    /// Bytes of packed weights, shared, and of the activations that each network has for itself.
    package let weightBytes: Int
    package let activationBytes: Int
    let kernels: laban_kernels
    private let steps: [PlannedStep]
    private let plan: MemoryPlan
    private let constants: AlignedStorage
    let inputBuffers: [Int]
    let outputBuffers: [Int]

    /// Reads a `.tflite` file.
    ///
    /// - Parameter outputs: names of the outputs wanted, in this order; whatever only the others need is not computed.
    ///   All of them by default.
    package convenience init(contentsOf path: String, outputs: [String]? = nil) throws(InferenceError) {
        try self.init(try TFLiteReader.read(contentsOf: path), outputs: outputs)
    }

    /// Plans a graph.
    ///
    /// - Parameter kernels: what to run it with, of those this processor has; the widest by default.
    package init(
        _ graph: ConvolutionGraph, outputs wanted: [String]? = nil, kernels: ConvolutionKernels = .best
    ) throws(InferenceError) {
        guard let table = kernels.table else {
            throw InferenceError(.unsupported, file: graph.file, "this processor has no \(kernels)")
        }
        self.kernels = table.pointee
        var graph = graph
        try graph.checkShapes()
        if let wanted { try graph.keep(outputs: wanted) }
        graph.prune()
        graph.fuse()
        inputs = graph.inputs.map { TensorInfo(name: graph.values[$0].name, shape: graph.values[$0].shape) }
        outputs = graph.outputs.map { TensorInfo(name: graph.values[$0].name, shape: graph.values[$0].shape) }
        let planner = try ConvolutionPlanner(graph)
        steps = planner.steps
        plan = MemoryPlan(planner.memoryBuffers)
        guard plan.totalBytes <= ConvolutionPlanner.activationByteLimit else {
            throw InferenceError(
                .tooLarge, file: graph.file,
                "a run needs \(plan.totalBytes) bytes, more than \(ConvolutionPlanner.activationByteLimit)")
        }
        constants = planner.constants.stored()
        inputBuffers = planner.inputs
        outputBuffers = planner.outputs
        multiplyAdds = graph.multiplyAdds
        weightBytes = constants.bytes
        activationBytes = plan.totalBytes
        summary =
            "\(graph.file): \(graph.nodes.count) operators in \(steps.count) steps, \(multiplyAdds) multiply-adds, "
            + "\(constants.bytes) bytes of weights, \(plan.totalBytes) bytes of activations"
    }

    /// The calls of a run over memory of one's own, and where inputs and outputs are in it.
    func calls(in activations: AlignedStorage) -> (calls: [KernelCall], memory: StepMemory) {
        let memory = StepMemory(activations: activations.base, offsets: plan.offsets, constants: constants.base)
        return (steps.map { $0.call(memory) }, memory)
    }
}
