extension ConvolutionGraph {
    /// Makes the outputs with these names, in this order, the only ones.
    package mutating func keep(outputs names: [String]) throws(InferenceError) {
        var kept: [Int] = []
        for name in names {
            guard let output = outputs.first(where: { values[$0].name == name }) else {
                let known = outputs.map { values[$0].name }.joined(separator: ", ")
                throw InferenceError(
                    .mismatch, file: file, place: "outputs", expected: "one of \(known)", found: "'\(name)'")
            }
            kept.append(output)
        }
        guard !kept.isEmpty else {
            throw InferenceError(.mismatch, file: file, place: "outputs", "at least one output must be asked for")
        }
        outputs = kept
    }

    /// Removes the nodes that no output needs.
    package mutating func prune() {
        var isNeeded = [Bool](repeating: false, count: values.count)
        for output in outputs { isNeeded[output] = true }
        var kept: [Node] = []
        for node in nodes.reversed() where isNeeded[node.output] {
            for value in node.reads { isNeeded[value] = true }
            kept.append(node)
        }
        nodes = kept.reversed()
    }
}
