/// Turns the operators of a TFLite file into graph nodes, one at a time and in order.
struct TFLiteGraphBuilder {
    private let file: String
    private var tensors: [TFLiteTensor]
    /// How many more numbers constants may unpack to.
    private var budget: Int
    private var graph: ConvolutionGraph
    /// Whether a tensor has its numbers by the time the next operator runs.
    private var isKnown: [Bool]

    init(file: String, tensors: [TFLiteTensor], budget: Int) {
        self.file = file
        self.tensors = tensors
        self.budget = budget
        graph = ConvolutionGraph(
            file: file,
            values: tensors.map { ConvolutionGraph.Value(name: $0.name, shape: $0.shape, constant: $0.numbers) },
            nodes: [], inputs: [], outputs: [])
        isKnown = tensors.map { $0.numbers != nil || $0.integers != nil }
    }

    mutating func declare(inputs: [Int]) throws(InferenceError) {
        for input in inputs {
            guard tensors.indices.contains(input), !isKnown[input] else {
                throw InferenceError(.malformed, file: file, place: "inputs", "tensor \(input) cannot be an input")
            }
            isKnown[input] = true
        }
        graph.inputs = inputs
    }

    func finish(outputs: [Int]) throws(InferenceError) -> ConvolutionGraph {
        for output in outputs {
            guard tensors.indices.contains(output), isKnown[output], graph.values[output].constant == nil,
                tensors[output].integers == nil
            else {
                throw InferenceError(.malformed, file: file, place: "outputs", "nothing computes tensor \(output)")
            }
        }
        guard !outputs.isEmpty, !graph.inputs.isEmpty else {
            throw InferenceError(.malformed, file: file, "the network has no inputs or no outputs")
        }
        var result = graph
        result.outputs = outputs
        try result.checkShapes()
        return result
    }

    mutating func append(_ table: FlatTable, index: Int, code: Int) throws(InferenceError) {
        let reading = TFLiteOperator(
            file: file, index: index, code: code, inputs: try table.integers(1, as: Int32.self),
            outputs: try table.integers(2, as: Int32.self), options: try table.table(4))
        for input in reading.inputs where input != -1 {
            guard tensors.indices.contains(input), isKnown[input] else {
                throw reading.error(.malformed, "input tensor \(input) is not computed before it")
            }
        }
        guard reading.outputs.count == 1, tensors.indices.contains(reading.outputs[0]), !isKnown[reading.outputs[0]]
        else {
            throw reading.error(.malformed, "expected one output tensor of its own, found \(reading.outputs)")
        }
        let output = reading.outputs[0]
        isKnown[output] = true
        if reading.isUnpacking {
            try unpack(reading, into: output)
        } else {
            graph.nodes.append(try reading.node(tensors: tensors))
        }
    }

    /// DEQUANTIZE and DENSIFY of a constant: its numbers are floats and dense already.
    private mutating func unpack(_ reading: TFLiteOperator, into output: Int) throws(InferenceError) {
        guard reading.inputs.count == 1, reading.inputs[0] >= 0, let numbers = tensors[reading.inputs[0]].numbers else {
            throw reading.error(.unsupported, "expected a constant to unpack")
        }
        let source = tensors[reading.inputs[0]]
        guard source.shape == tensors[output].shape else {
            throw reading.error(.mismatch, "expected shape \(source.shape), found \(tensors[output].shape)")
        }
        budget -= numbers.count
        guard budget >= 0 else {
            throw reading.error(.tooLarge, "the constants unpack to more than \(TFLiteTensor.countLimit) numbers")
        }
        tensors[output].numbers = numbers
        graph.values[output].constant = numbers
    }
}
