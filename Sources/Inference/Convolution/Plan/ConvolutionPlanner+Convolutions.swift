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
        let panels = constants.add(
            WeightPacking.panels(weights.constant ?? [], outputs: outputs, inputs: inputs))
        let places = PlannedStep.ProductPlaces(weights: panels, bias: bias(node, outputs))
        var product = product(node)
        (product.x_block, product.y_block) = (picture.plane, result.plane)
        (product.rows, product.width) = (1, picture.cells)
        product.fetches = picture.cells <= Self.fetchingCells
        finish(node, .product(product, places), source: buffer, as: result, node.epilogue[...])
    }

    /// Any other convolution works on the plain picture.
    mutating func planImage(_ node: ConvolutionGraph.Node, _ window: Window) {
        let result = BlockedPicture(graph.values[node.output].shape)
        let (arguments, places, lines) = image(node, window)
        finish(
            node, .image(arguments, places, lines: lines), source: fetchPlain(node.inputs[0]), as: result,
            node.epilogue[...], scratch: [lines])
    }

    private mutating func image(
        _ node: ConvolutionGraph.Node, _ window: Window
    ) -> (laban_image, PlannedStep.ProductPlaces, lines: Int) {
        let shape = graph.values[node.inputs[0]].shape
        let weights = graph.values[node.inputs[1]]
        let (outputs, inputs) = (weights.shape[0], weights.count / weights.shape[0])
        let result = BlockedPicture(graph.values[node.output].shape)
        let panels = constants.add(
            WeightPacking.panels(weights.constant ?? [], outputs: outputs, inputs: inputs))
        let width = max(
            window.before.width + shape[2], (result.width - 1) * window.stride.width + window.reach.width)
        let lineWidth = (width * shape[3] + 15) / 16 * 16
        let arguments = laban_image(
            x: nil, height: shape[1], width: shape[2], channels: shape[3], y: nil, y_block: result.plane,
            y_row: result.width * BlockedPicture.block, result_height: result.height, result_width: result.width,
            blocks: result.blocks, window: laban_window(window), weights: nil,
            weights_block: WeightPacking.roundedInputs(inputs) * BlockedPicture.block, bias: nil,
            has_half: WeightPacking.endsWithHalf(outputs), epilogue: laban_epilogue(), lines: nil, line_width: lineWidth
        )
        let places = PlannedStep.ProductPlaces(weights: panels, bias: bias(node, outputs))
        return (arguments, places, newBuffer((window.reach.height + 1) * lineWidth))
    }

    /// A depthwise convolution with the products around it.
    mutating func planSeparable(_ chain: SeparableChain, _ last: ConvolutionGraph.Node) {
        let node = graph.nodes[chain.depthwise]
        guard case .depthwiseConvolution(let window) = node.operation else {
            preconditionFailure("a chain has a depthwise convolution in its middle")
        }
        let weights = graph.values[node.inputs[1]]
        let channels = weights.shape[3]
        let before = chain.widening.map { graph.nodes[$0] }
        let after = chain.narrowing.map { graph.nodes[$0] }
        let (source, picture) = sourceOfChain(node, before)
        let middle = BlockedPicture(graph.values[node.output].shape)
        let strips = StripPlan(
            height: picture.height, width: picture.width, result: middle, window: window,
            hasOneChunk: before.map { !$0.isPointwise } ?? false, widens: before != nil, narrows: after != nil)
        var places = PlannedStep.SeparablePlaces(
            taps: constants.add(
                WeightPacking.taps(
                    weights.constant ?? [], taps: window.kernel.height * window.kernel.width, channels: channels)),
            bias: bias(node, channels), ring: newBuffer(strips.ringCount),
            strip: newBuffer(after == nil ? 0 : strips.stripCount))
        var arguments = laban_separable()
        (arguments.height, arguments.width) = (picture.height, picture.width)
        (arguments.result_height, arguments.result_width) = (middle.height, middle.width)
        arguments.window = laban_window(window)
        arguments.channels = channels
        (arguments.strip_rows, arguments.chunk_blocks) = (strips.rows, strips.blocks)
        (arguments.ring_rows, arguments.ring_width) = (strips.ringRows, strips.ringWidth)
        var scratch = [places.ring, places.strip]
        if let before {
            var rest = before.epilogue[...]
            places.wideningCurve.first = takeCurve(&rest)
            if case .convolution(let window) = before.operation, !before.isPointwise {
                let (image, imagePlaces, lines) = image(before, window)
                arguments.image = image
                places.image = (imagePlaces, lines)
                scratch.append(lines)
            }
        }
        if after != nil {
            var rest = node.epilogue[...]
            places.depthwiseEpilogue.first = takeCurve(&rest)
        }
        packProducts(before.flatMap { $0.isPointwise ? $0 : nil }, after, strips, &arguments, &places)
        finish(
            last, .separable(arguments, places), source: source, as: BlockedPicture(graph.values[last.output].shape),
            last.epilogue[...], scratch: scratch)
    }

    /// What a chain reads, and the extent of what its depthwise convolution reads.
    private mutating func sourceOfChain(
        _ node: ConvolutionGraph.Node, _ before: ConvolutionGraph.Node?
    ) -> (Int, BlockedPicture) {
        let input = graph.values[node.inputs[0]].shape
        if let before {
            let source = before.isPointwise ? fetchBlocks(before.inputs[0]).0 : fetchPlain(before.inputs[0])
            return (source, BlockedPicture(input))
        }
        let channels = graph.values[node.output].shape[3]
        return channels == input[3] ? fetchBlocks(node.inputs[0]) : repeated(node.inputs[0], times: channels / input[3])
    }

    /// Weights of the products of a chain, chunk by chunk in the order in which they are used: then what is used next
    /// always lies just behind.
    private mutating func packProducts(
        _ widening: ConvolutionGraph.Node?, _ narrowing: ConvolutionGraph.Node?, _ strips: StripPlan,
        _ arguments: inout laban_separable, _ places: inout PlannedStep.SeparablePlaces
    ) {
        let chunk = strips.blocks * BlockedPicture.block
        var packed: [Float] = []
        var narrowingStart = 0
        for first in stride(from: 0, to: arguments.channels, by: chunk) {
            if let weights = widening.map({ graph.values[$0.inputs[1]] }) {
                let inputs = weights.count / weights.shape[0]
                packed += WeightPacking.panels(
                    weights.constant ?? [], outputs: weights.shape[0], inputs: inputs,
                    taking: (first..<first + chunk, 0..<inputs))
            }
            if first == 0 { narrowingStart = packed.count }
            if let weights = narrowing.map({ graph.values[$0.inputs[1]] }) {
                packed += WeightPacking.panels(
                    weights.constant ?? [], outputs: weights.shape[0], inputs: arguments.channels,
                    taking: (0..<weights.shape[0], first..<min(first + chunk, arguments.channels)))
            }
            if first == 0 { (arguments.widening_chunk, arguments.narrowing_chunk) = (packed.count, packed.count) }
        }
        guard !packed.isEmpty else { return }
        let place = constants.add(packed)
        // Where a picture is done in one go, each weight is used once in a run, and the cache has forgotten it by then.
        let fetches = strips.rows == arguments.result_height
        if let widening {
            arguments.widening = product(widening)
            arguments.widening.fetches = fetches
            places.widening = .init(weights: place, bias: bias(widening, arguments.channels))
        }
        if let narrowing {
            arguments.narrowing = product(narrowing)
            arguments.narrowing.fetches = fetches
            places.narrowing = .init(
                weights: place.advanced(byNumbers: narrowingStart),
                bias: bias(narrowing, graph.values[narrowing.inputs[1]].shape[0]))
        }
    }

    /// Up to how many cells fetching the next weights costs less than waiting for them.
    private static let fetchingCells = 256

    /// A product's sizes; what it works on is still open.
    private func product(_ node: ConvolutionGraph.Node) -> laban_product {
        let weights = graph.values[node.inputs[1]]
        var product = laban_product()
        product.inputs = WeightPacking.roundedInputs(weights.count / weights.shape[0])
        product.weights_block = product.inputs * BlockedPicture.block
        product.blocks = BlockedPicture.blocks(weights.shape[0])
        product.has_half = WeightPacking.endsWithHalf(weights.shape[0])
        return product
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
