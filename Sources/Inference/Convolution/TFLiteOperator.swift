/// One operator of a TFLite file while it becomes a graph node.
struct TFLiteOperator {
    let file: String
    let index: Int
    let code: Int
    let inputs: [Int]
    let outputs: [Int]
    let options: FlatTable?

    private static let names: [Int: String] = [
        0: "ADD", 2: "CONCATENATION", 3: "CONV_2D", 4: "DEPTHWISE_CONV_2D", 5: "DEPTH_TO_SPACE", 6: "DEQUANTIZE",
        9: "FULLY_CONNECTED", 14: "LOGISTIC", 17: "MAX_POOL_2D", 19: "RELU", 21: "RELU6", 22: "RESHAPE",
        23: "RESIZE_BILINEAR", 34: "PAD", 40: "MEAN", 54: "PRELU", 124: "DENSIFY",
    ]

    var label: String { "\(index) (\(Self.names[code] ?? "code \(code)"))" }

    /// Whether the operator only unpacks a constant.
    var isUnpacking: Bool { code == 6 || code == 124 }

    func error(_ code: InferenceError.Code, _ problem: String) -> InferenceError {
        InferenceError(code, file: file, place: "operator \(label)", problem)
    }

    /// The graph node that does the same. Shapes are checked later, all in one place.
    func node(tensors: [TFLiteTensor]) throws(InferenceError) -> ConvolutionGraph.Node {
        let shapes = tensors.map(\.shape)
        switch Self.names[code] {
        case "CONV_2D":
            try expect(inputs: 2...3)
            let weights = try shape(1, of: 4, shapes)
            let window = try window(
                kernel: Extent(weights[1], weights[2]), picture: try shape(0, of: 4, shapes), strides: (1, 2),
                dilations: (4, 5))
            return try made(.convolution(window), operands: presentInputs, activation: 3)
        case "DEPTHWISE_CONV_2D":
            try expect(inputs: 2...3)
            let weights = try shape(1, of: 4, shapes)
            let window = try window(
                kernel: Extent(weights[1], weights[2]), picture: try shape(0, of: 4, shapes), strides: (1, 2),
                dilations: (5, 6))
            return try made(.depthwiseConvolution(window), operands: presentInputs, activation: 4)
        case "FULLY_CONNECTED":
            try expect(inputs: 2...3)
            guard try option(1, default: Int8(0)) == 0 else {
                throw error(.unsupported, "expected plain weights, found a shuffled format")
            }
            return try made(.fullyConnected, operands: presentInputs, activation: 0)
        case "ADD":
            try expect(inputs: 2...2)
            return try made(.add, operands: inputs, activation: 0)
        case "PAD":
            try expect(inputs: 2...2)
            let amounts = try integers(1, tensors)
            guard amounts.count == 2 * shapes[inputs[0]].count, amounts.allSatisfy({ (0...4096).contains($0) }) else {
                throw error(.malformed, "expected two amounts an axis, found \(amounts)")
            }
            let axes = shapes[inputs[0]].indices
            return try made(
                .pad(before: axes.map { amounts[2 * $0] }, after: axes.map { amounts[2 * $0 + 1] }),
                operands: [inputs[0]])
        case "RESHAPE":
            try expect(inputs: 1...2)
            return try made(.reshape, operands: [inputs[0]])
        case "MAX_POOL_2D":
            try expect(inputs: 1...1)
            let kernel = Extent(Int(try option(4, default: Int32(0))), Int(try option(3, default: Int32(0))))
            let window = try window(
                kernel: kernel, picture: try shape(0, of: 4, shapes), strides: (1, 2), dilations: nil)
            return try made(.maxPool(window), operands: inputs, activation: 5)
        case "RESIZE_BILINEAR":
            try expect(inputs: 2...2)
            guard try option(2, default: UInt8(0)) == 0, try option(3, default: UInt8(0)) != 0 else {
                throw error(.unsupported, "expected half-pixel centres, found corners aligned or the old rule")
            }
            let output = try shape(of: outputs[0], 4, shapes)
            let size = try integers(1, tensors)
            guard size == [output[1], output[2]] else {
                throw error(.mismatch, "expected size \(size), found an output of shape \(output)")
            }
            return try made(.resizeBilinear, operands: [inputs[0]])
        case "CONCATENATION":
            try expect(inputs: 1...64)
            let axis = Int(try option(0, default: Int32(0)))
            let rank = shapes[outputs[0]].count
            return try made(.concatenate(axis: axis < 0 ? axis + rank : axis), operands: inputs, activation: 1)
        case "DEPTH_TO_SPACE":
            try expect(inputs: 1...1)
            let block = Int(try option(0, default: Int32(0)))
            guard (1...64).contains(block) else {
                throw error(.malformed, "expected a block of 1 to 64, found \(block)")
            }
            return try made(.depthToSpace(block: block), operands: inputs)
        case "LOGISTIC":
            try expect(inputs: 1...1)
            return try made(.activation(.logistic), operands: inputs)
        case "RELU":
            try expect(inputs: 1...1)
            return try made(.activation(.relu), operands: inputs)
        case "RELU6":
            try expect(inputs: 1...1)
            return try made(.activation(.relu6), operands: inputs)
        case "PRELU":
            try expect(inputs: 2...2)
            return try made(.prelu, operands: inputs)
        case "MEAN":
            try expect(inputs: 2...2)
            let axes = try integers(1, tensors)
            guard try shape(0, of: 4, shapes).count == 4, Set(axes.map { $0 < 0 ? $0 + 4 : $0 }) == [1, 2] else {
                throw error(.unsupported, "expected a mean over height and width, found axes \(axes)")
            }
            return try made(.spatialMean, operands: [inputs[0]])
        default:
            throw error(.unsupported, "expected one of \(Self.names.values.sorted().joined(separator: ", "))")
        }
    }

    private var presentInputs: [Int] { inputs.filter { $0 >= 0 } }

    private func made(
        _ operation: ConvolutionOperation, operands: [Int], activation field: Int? = nil
    ) throws(InferenceError) -> ConvolutionGraph.Node {
        var epilogue: [Epilogue] = []
        if let field {
            switch try option(field, default: Int8(0)) {
            case 0: break
            case 1: epilogue = [.activation(.relu)]
            case 3: epilogue = [.activation(.relu6)]
            case let other:
                throw error(.unsupported, "expected no activation, RELU or RELU6, found activation \(other)")
            }
        }
        return ConvolutionGraph.Node(operation, inputs: operands, output: outputs[0], epilogue: epilogue, label: label)
    }

    private func window(
        kernel: Extent, picture: [Int], strides: (width: Int, height: Int), dilations: (width: Int, height: Int)?
    ) throws(InferenceError) -> Window {
        var window = Window(kernel: kernel)
        window.stride = Extent(
            Int(try option(strides.height, default: Int32(0))), Int(try option(strides.width, default: Int32(0))))
        if let dilations {
            window.dilation = Extent(
                Int(try option(dilations.height, default: Int32(1))),
                Int(try option(dilations.width, default: Int32(1))))
        }
        let sizes = [kernel, window.stride, window.dilation].flatMap { [$0.height, $0.width] }
        guard sizes.allSatisfy({ (1...256).contains($0) }) else {
            throw error(.malformed, "expected kernel, stride and dilation of 1 to 256, found \(sizes)")
        }
        switch try option(0, default: Int8(0)) {
        case 0: return window.padded(toCover: Extent(picture[1], picture[2]))
        case 1: return window
        case let other: throw error(.malformed, "expected padding SAME or VALID, found \(other)")
        }
    }

    private func option<T: FixedWidthInteger>(_ field: Int, default value: T) throws(InferenceError) -> T {
        guard let options else { return value }
        return try options.integer(field, default: value)
    }

    /// The first inputs must be there; only the last of an optional one may be left out.
    private func expect(inputs range: ClosedRange<Int>) throws(InferenceError) {
        guard range.contains(inputs.count), inputs.prefix(range.lowerBound).allSatisfy({ $0 >= 0 }),
            range.upperBound == 3 || inputs.allSatisfy({ $0 >= 0 })
        else {
            throw error(.malformed, "expected \(range.lowerBound) to \(range.upperBound) inputs, found \(inputs)")
        }
    }

    private func shape(_ input: Int, of rank: Int, _ shapes: [[Int]]) throws(InferenceError) -> [Int] {
        try shape(of: inputs[input], rank, shapes)
    }

    private func shape(of tensor: Int, _ rank: Int, _ shapes: [[Int]]) throws(InferenceError) -> [Int] {
        guard shapes[tensor].count == rank else {
            throw error(.mismatch, "expected tensor \(tensor) to have \(rank) axes, found shape \(shapes[tensor])")
        }
        return shapes[tensor]
    }

    private func integers(_ input: Int, _ tensors: [TFLiteTensor]) throws(InferenceError) -> [Int] {
        guard let integers = tensors[inputs[input]].integers else {
            throw error(.unsupported, "expected input tensor \(inputs[input]) to be constant integers")
        }
        return integers
    }
}
