import CConvolution

/// The operations with weights.
extension ConvolutionPlanner {
    /// A 1 x 1 convolution, or rows through a matrix.
    mutating func planProduct(_ node: ConvolutionGraph.Node) {
        let weights = graph.values[node.inputs[1]]
        let (outputs, inputs) = (weights.shape[0], weights.count / weights.shape[0])
        var wanted = BlockedPicture(graph.values[node.inputs[0]].shape)
        if node.operation == .fullyConnected {
            let rows = graph.values[node.inputs[0]].count / inputs
            wanted = BlockedPicture(height: 1, width: rows, channels: inputs)
        }
        let (buffer, picture) = fetchBlocks(node.inputs[0], as: wanted)
        let result = BlockedPicture(height: picture.height, width: picture.width, channels: outputs)
        let (arguments, places) = product(node)
        var product = arguments
        (product.x_block, product.y_block) = (picture.plane, result.plane)
        (product.rows, product.width) = (1, picture.cells)
        finish(node, .product(product, places), source: buffer, as: result, node.epilogue[...])
    }

    /// Any other convolution works on the plain picture.
    mutating func planImage(_ node: ConvolutionGraph.Node, _ window: Window) {
        let shape = graph.values[node.inputs[0]].shape
        let weights = graph.values[node.inputs[1]]
        let (outputs, inputs) = (weights.shape[0], weights.count / weights.shape[0])
        let result = BlockedPicture(graph.values[node.output].shape)
        let panels = constants.add(
            WeightPacking.panels(weights.constant ?? [], outputs: outputs, inputs: inputs, rounded: inputs))
        let width = max(
            window.before.width + shape[2], (result.width - 1) * window.stride.width + window.reach.width)
        let lineWidth = (width * shape[3] + 15) / 16 * 16
        let lines = newBuffer((window.reach.height + 1) * lineWidth)
        let arguments = laban_image(
            x: nil, height: shape[1], width: shape[2], channels: shape[3], y: nil, result_height: result.height,
            result_width: result.width, blocks: result.blocks, window: laban_window(window), weights: nil,
            weights_block: inputs * BlockedPicture.block, bias: nil, epilogue: laban_epilogue(), lines: nil,
            line_width: lineWidth)
        finish(
            node, .image(arguments, weights: panels, bias: bias(node, outputs), lines: lines),
            source: fetchPlain(node.inputs[0]), as: result, node.epilogue[...], scratch: [lines])
    }

    /// A depthwise convolution with the products around it.
    mutating func planSeparable(_ chain: SeparableChain, _ last: ConvolutionGraph.Node) {
        let node = graph.nodes[chain.depthwise]
        guard case .depthwiseConvolution(let window) = node.operation else {
            preconditionFailure("a chain has a depthwise convolution in its middle")
        }
        let weights = graph.values[node.inputs[1]]
        let channels = weights.shape[3]
        let source: Int
        let picture: BlockedPicture
        let inputChannels = graph.values[node.inputs[0]].shape[3]
        if let widening = chain.widening {
            (source, picture) = fetchBlocks(graph.nodes[widening].inputs[0])
        } else if inputChannels == channels {
            (source, picture) = fetchBlocks(node.inputs[0])
        } else {
            (source, picture) = repeated(node.inputs[0], times: channels / inputChannels)
        }
        let middle = BlockedPicture(graph.values[node.output].shape)
        let result = BlockedPicture(graph.values[last.output].shape)
        let strips = StripPlan(
            height: picture.height, width: picture.width, result: middle, window: window,
            isChain: chain.narrowing != nil)
        let ring = newBuffer(strips.ringCount)
        let strip = newBuffer(chain.narrowing == nil ? 0 : strips.stripCount)
        var arguments = laban_separable()
        (arguments.height, arguments.width) = (picture.height, picture.width)
        (arguments.result_height, arguments.result_width) = (middle.height, middle.width)
        arguments.window = laban_window(window)
        arguments.channels = channels
        (arguments.strip_rows, arguments.chunk_blocks) = (strips.rows, strips.blocks)
        (arguments.ring_rows, arguments.ring_width) = (strips.ringRows, strips.ringWidth)
        let taps = constants.add(
            WeightPacking.taps(
                weights.constant ?? [], taps: window.kernel.height * window.kernel.width, channels: channels))
        var places = PlannedStep.SeparablePlaces(taps: taps, bias: bias(node, channels), ring: ring, strip: strip)
        if let widening = chain.widening {
            var rest = graph.nodes[widening].epilogue[...]
            places.wideningCurve.first = takeCurve(&rest)
            let (product, widening) = product(graph.nodes[widening])
            arguments.widening = product
            places.widening = widening
        }
        if let narrowing = chain.narrowing {
            var rest = node.epilogue[...]
            places.depthwiseEpilogue.first = takeCurve(&rest)
            let (product, narrowing) = product(graph.nodes[narrowing])
            arguments.narrowing = product
            places.narrowing = narrowing
        }
        finish(
            last, .separable(arguments, places), source: source, as: result, last.epilogue[...],
            scratch: [ring, strip])
    }

    /// A product's weights and sizes; what it works on is still open.
    private mutating func product(
        _ node: ConvolutionGraph.Node
    ) -> (laban_product, PlannedStep.ProductPlaces) {
        let weights = graph.values[node.inputs[1]]
        let (outputs, inputs) = (weights.shape[0], weights.count / weights.shape[0])
        let rounded = WeightPacking.roundedInputs(inputs)
        let panels = constants.add(
            WeightPacking.panels(weights.constant ?? [], outputs: outputs, inputs: inputs, rounded: rounded))
        var product = laban_product()
        product.weights_block = rounded * BlockedPicture.block
        product.inputs = rounded
        product.blocks = BlockedPicture.blocks(outputs)
        return (product, PlannedStep.ProductPlaces(weights: panels, bias: bias(node, outputs)))
    }

    private mutating func bias(_ node: ConvolutionGraph.Node, _ channels: Int) -> ConstantPool.Place {
        let bias = node.inputs.count > 2 ? graph.values[node.inputs[2]].constant : nil
        return constants.add(WeightPacking.channels(bias, count: channels))
    }

    /// A picture with every channel several times over.
    private mutating func repeated(_ value: Int, times: Int) -> (Int, BlockedPicture) {
        var picture = BlockedPicture(graph.values[value].shape)
        let source = fetchPlain(value)
        let wide = newBuffer(picture.cells * picture.channels * times)
        steps.append(
            PlannedStep(
                work: .repeatChannels(cells: picture.cells, channels: picture.channels, times: times), source: source,
                destination: wide))
        picture.channels *= times
        let made = newBuffer(picture.count)
        let arguments = laban_layout(x: nil, y: nil, cells: picture.cells, channels: picture.channels)
        steps.append(PlannedStep(work: .toBlocks(arguments), source: wide, destination: made))
        return (made, picture)
    }
}
