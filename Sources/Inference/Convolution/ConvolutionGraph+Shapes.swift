/// What every node must satisfy before anything is planned; afterwards shapes are trusted.
extension ConvolutionGraph {
    /// The most multiply-adds one run may take: a hostile file must not hang the process.
    static let multiplyAddLimit = 1 << 36
    /// The most numbers all activations together may hold.
    static let activationLimit = 1 << 27

    /// Checks each node's operands and that its output has the shape that they give.
    package func checkShapes() throws(InferenceError) {
        var activations = 0
        var work = 0
        for node in nodes {
            for input in node.inputs where node.operation.isData(node.inputs, input) {
                guard values[input].constant == nil else {
                    throw error(.unsupported, node, "expected '\(values[input].name)' to be computed, found a constant")
                }
            }
            let expected = try outputShape(of: node)
            let output = values[node.output]
            guard output.shape == expected else {
                throw error(
                    .mismatch, node, "expected output '\(output.name)' of shape \(expected), found \(output.shape)")
            }
            try checkEpilogue(of: node)
            activations += output.count
            guard activations <= Self.activationLimit else {
                throw error(.tooLarge, node, "the activations hold more than \(Self.activationLimit) numbers")
            }
            work += cost(of: node)
            guard work <= Self.multiplyAddLimit else {
                throw error(.tooLarge, node, "a run takes more than \(Self.multiplyAddLimit) multiply-adds")
            }
        }
    }

    private func checkEpilogue(of node: Node) throws(InferenceError) {
        let shape = values[node.output].shape
        for part in node.epilogue {
            switch part {
            case .activation: continue
            case .add(let value):
                guard values[value].shape != shape || values[value].constant != nil else { continue }
                throw error(.mismatch, node, "expected to add a computed \(shape), found \(values[value].shape)")
            case .prelu(let value):
                guard values[value].constant?.count != shape.last else { continue }
                throw error(.mismatch, node, "expected one slope a channel of \(shape), found \(values[value].shape)")
            }
        }
    }

    /// A bound on the work of a node; with shapes in their limits it stays far below what an integer holds.
    private func cost(of node: Node) -> Int {
        let output = values[node.output]
        switch node.operation {
        case .convolution, .fullyConnected:
            let weights = values[node.inputs[1]]
            return output.count * (weights.count / weights.shape[0])
        case .depthwiseConvolution(let window), .maxPool(let window):
            return output.count * window.kernel.height * window.kernel.width
        default: return output.count
        }
    }

    private func outputShape(of node: Node) throws(InferenceError) -> [Int] {
        let shapes = node.inputs.map { values[$0].shape }
        let input = shapes[0]
        func picture() throws(InferenceError) -> Extent {
            guard input.count == 4 else { throw error(.mismatch, node, "expected a picture, found shape \(input)") }
            return Extent(input[1], input[2])
        }
        func places(_ window: Window) throws(InferenceError) -> Extent {
            guard let places = window.outputExtent(of: try picture()) else {
                throw error(.mismatch, node, "expected a picture of at least \(window.kernel), found shape \(input)")
            }
            return places
        }
        func weights(_ expected: [Int], channels: Int) throws(InferenceError) {
            guard shapes[1] == expected, values[node.inputs[1]].constant != nil else {
                throw error(.mismatch, node, "expected constant weights of shape \(expected), found \(shapes[1])")
            }
            if shapes.count > 2 {
                guard shapes[2] == [channels], values[node.inputs[2]].constant != nil else {
                    throw error(.mismatch, node, "expected a constant bias of shape [\(channels)], found \(shapes[2])")
                }
            }
        }
        switch node.operation {
        case .convolution(let window):
            let places = try places(window)
            let channels = shapes[1].first ?? 0
            try weights([channels, window.kernel.height, window.kernel.width, input[3]], channels: channels)
            return [input[0], places.height, places.width, channels]
        case .depthwiseConvolution(let window):
            let places = try places(window)
            let channels = shapes[1].last ?? 0
            guard channels % input[3] == 0 else {
                throw error(.mismatch, node, "expected a multiple of \(input[3]) output channels, found \(channels)")
            }
            try weights([1, window.kernel.height, window.kernel.width, channels], channels: channels)
            return [input[0], places.height, places.width, channels]
        case .fullyConnected:
            guard shapes[1].count == 2, values[node.inputs[0]].count % shapes[1][1] == 0 else {
                throw error(.mismatch, node, "expected weights that fit rows of \(input), found shape \(shapes[1])")
            }
            try weights(shapes[1], channels: shapes[1][0])
            let rows = values[node.inputs[0]].count / shapes[1][1]
            let output = values[node.output].shape
            let keepsAxes = output.dropLast() == input.dropLast() && input.last == shapes[1][1]
            return keepsAxes ? input.dropLast() + [shapes[1][0]] : [rows, shapes[1][0]]
        case .add:
            guard shapes[1] == input else { throw error(.mismatch, node, "expected two \(input), found \(shapes[1])") }
            return input
        case .pad(let before, let after):
            return input.indices.map { before[$0] + input[$0] + after[$0] }
        case .reshape:
            let output = values[node.output]
            guard output.count == values[node.inputs[0]].count else {
                throw error(.mismatch, node, "expected as many numbers as \(input), found shape \(output.shape)")
            }
            return output.shape
        case .maxPool(let window):
            guard window.before.height < window.kernel.height, window.before.width < window.kernel.width else {
                throw error(.mismatch, node, "the padding is wider than the window")
            }
            let places = try places(window)
            return [input[0], places.height, places.width, input[3]]
        case .resizeBilinear:
            _ = try picture()
            let output = values[node.output].shape
            guard output.count == 4 else { throw error(.mismatch, node, "expected a picture, found shape \(output)") }
            return [input[0], output[1], output[2], input[3]]
        case .concatenate(let axis):
            guard input.indices.contains(axis) else {
                throw error(.mismatch, node, "there is no axis \(axis) in \(input)")
            }
            var result = input
            for shape in shapes.dropFirst() {
                guard shape.count == input.count, shape.indices.allSatisfy({ $0 == axis || shape[$0] == input[$0] })
                else {
                    throw error(.mismatch, node, "expected shapes equal but for axis \(axis), found \(shapes)")
                }
                result[axis] += shape[axis]
            }
            return result
        case .depthToSpace(let block):
            let extent = try picture()
            guard input[3] % (block * block) == 0 else {
                throw error(.mismatch, node, "expected a multiple of \(block * block) channels, found \(input[3])")
            }
            return [input[0], extent.height * block, extent.width * block, input[3] / (block * block)]
        case .activation: return input
        case .prelu:
            let slopes = values[node.inputs[1]]
            guard slopes.constant != nil, slopes.count == input.last, slopes.shape.last == input.last else {
                throw error(
                    .unsupported, node, "expected one constant slope a channel of \(input), found shape \(slopes.shape)"
                )
            }
            return input
        case .spatialMean:
            _ = try picture()
            let flat = [input[0], input[3]]
            return values[node.output].shape == flat ? flat : [input[0], 1, 1, input[3]]
        }
    }
}

extension ConvolutionOperation {
    /// Whether `input` is data that must be computed, rather than weights.
    fileprivate func isData(_ inputs: [Int], _ input: Int) -> Bool {
        switch self {
        case .convolution, .depthwiseConvolution, .fullyConnected, .prelu: input == inputs[0]
        default: true
        }
    }
}
