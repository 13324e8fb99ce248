import CConvolution

/// What follows an operation before its result is stored.
extension ConvolutionPlanner {
    /// Appends a step that takes the first parts of an epilogue along, and the steps for what is left of it.
    mutating func finish(
        _ node: ConvolutionGraph.Node, _ work: PlannedStep.Work, source: Int, as picture: BlockedPicture,
        _ epilogue: ArraySlice<Epilogue>, scratch: [Int] = []
    ) {
        var rest = epilogue
        let taken = takeEpilogue(&rest)
        let made = newPlacement(.blocks(picture), count: picture.count)
        steps.append(
            PlannedStep(
                work: work, source: source, destination: made.buffer, epilogue: taken, scratch: scratch))
        placements[node.output] = [made]
        finishRest(node, of: made.buffer, as: picture, rest)
    }

    /// Steps for an epilogue on a buffer, in place unless the buffer must stay as it is.
    mutating func finishRest(
        _ node: ConvolutionGraph.Node, of buffer: Int, as picture: BlockedPicture, _ epilogue: ArraySlice<Epilogue>,
        keeping: Bool = false
    ) {
        var rest = epilogue
        var current = buffer
        while !rest.isEmpty {
            let destination =
                keeping && current == buffer
                ? newPlacement(.blocks(picture), count: picture.count).buffer : current
            if case .activation(.logistic)? = rest.first {
                rest.removeFirst()
                steps.append(
                    PlannedStep(work: .logistic(count: picture.count), source: current, destination: destination))
            } else {
                let taken = takeEpilogue(&rest)
                let arguments = laban_finish(
                    x: nil, y: nil, cells: picture.cells, blocks: picture.blocks, epilogue: laban_epilogue())
                steps.append(
                    PlannedStep(work: .finish(arguments), source: current, destination: destination, epilogue: taken))
            }
            current = destination
        }
        placements[node.output] = [Placement(buffer: current, layout: .blocks(picture))]
    }

    /// Takes as many parts off the front of an epilogue as one kernel does: a curve, a sum, a curve.
    private mutating func takeEpilogue(_ rest: inout ArraySlice<Epilogue>) -> PlannedEpilogue {
        var result = PlannedEpilogue()
        result.first = takeCurve(&rest)
        if case .add(let value)? = rest.first {
            rest.removeFirst()
            let (buffer, picture) = fetchBlocks(channelPads[value] ?? value)
            (result.addend, result.addendPicture) = (buffer, picture)
            result.second = takeCurve(&rest)
        }
        return result
    }

    mutating func takeCurve(_ rest: inout ArraySlice<Epilogue>) -> PlannedEpilogue.Curve {
        switch rest.first {
        case .activation(.relu)?:
            rest.removeFirst()
            return .clamp(low: 0, high: .infinity)
        case .activation(.relu6)?:
            rest.removeFirst()
            return .clamp(low: 0, high: 6)
        case .prelu(let slopes)?:
            rest.removeFirst()
            let value = graph.values[slopes]
            return .slopes(constants.add(WeightPacking.channels(value.constant, count: value.count)))
        default: return .none
        }
    }
}
