/// A convolution network as values and the nodes between them, in running order.
package struct ConvolutionGraph: Sendable {
    /// A tensor: named, of known shape; with its numbers when it is a constant.
    package struct Value: Sendable {
        package var name: String
        package var shape: [Int]
        package var constant: [Float]?

        package init(name: String, shape: [Int], constant: [Float]? = nil) {
            self.name = name
            self.shape = shape
            self.constant = constant
        }

        package var count: Int { shape.reduce(1, *) }
        /// Height and width of a picture (N, height, width, C).
        package var extent: Extent { Extent(shape[1], shape[2]) }
    }

    /// One operator with what follows it at once.
    package struct Node: Sendable {
        package var operation: ConvolutionOperation
        /// Indices of values.
        package var inputs: [Int]
        package var output: Int
        package var epilogue: [Epilogue]
        /// What messages call the node.
        package var label: String

        package init(
            _ operation: ConvolutionOperation, inputs: [Int], output: Int, epilogue: [Epilogue] = [], label: String = ""
        ) {
            self.operation = operation
            self.inputs = inputs
            self.output = output
            self.epilogue = epilogue
            self.label = label.isEmpty ? operation.name : label
        }

        /// Every value the node reads, those of its epilogue included.
        package var reads: [Int] {
            inputs
                + epilogue.compactMap {
                    switch $0 {
                    case .activation: nil
                    case .add(let value), .prelu(let value): value
                    }
                }
        }
    }

    /// The file the network came from, for messages.
    package var file: String
    package var values: [Value]
    package var nodes: [Node]
    package var inputs: [Int]
    package var outputs: [Int]

    package init(file: String, values: [Value], nodes: [Node], inputs: [Int], outputs: [Int]) {
        self.file = file
        self.values = values
        self.nodes = nodes
        self.inputs = inputs
        self.outputs = outputs
    }

    /// Multiply-adds of one run.
    package var multiplyAdds: Int {
        nodes.reduce(0) { total, node in
            let output = values[node.output]
            switch node.operation {
            case .convolution, .fullyConnected:
                let weights = values[node.inputs[1]]
                return total + output.count * (weights.count / weights.shape[0])
            case .depthwiseConvolution(let window):
                return total + output.count * window.kernel.height * window.kernel.width
            default: return total
            }
        }
    }

    func error(_ code: InferenceError.Code, _ node: Node, _ problem: String) -> InferenceError {
        InferenceError(code, file: file, place: "operator \(node.label)", problem)
    }
}
