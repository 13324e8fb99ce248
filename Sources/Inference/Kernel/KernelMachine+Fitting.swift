extension KernelMachine {
    /// A machine trained on labelled inputs; the same inputs give the same machine.
    ///
    /// - Parameters:
    ///   - inputs: (n, F).
    ///   - labels: the class of each input.
    ///   - reach: how far nearness reaches, as a share of the mean squared distance between inputs' groups.
    ///   - ridge: how little single exemplars may count; above 0.
    ///   - floor: a share of the mean deviation of all numbers of a kind that is added to each one's own, so that the noise
    ///     of what hardly varies is not blown up.
    package init(
        fitting inputs: [Float], _ layout: KernelLayout, labels: [Int], classes: Int, reach: Float = 1,
        ridge: Float = 0.05, floor: Float = 0.3
    ) {
        let count = labels.count
        precondition(count > 1 && inputs.count == count * layout.features, "there is something to learn from")
        precondition(ridge > 0 && reach > 0, "nearness reaches somewhere, and exemplars count for something")
        let (mean, deviations) = Self.spread(of: inputs, width: layout.width)
        let ranges = layout.ranges
        var scale = deviations
        var distances: [Float] = []
        for (range, sizes) in zip(ranges, layout.kinds) {
            let least = max(floor * deviations[range].reduce(0, +) / Float(range.count), 1e-6)
            var sum: Float = 0
            for i in range {
                scale[i] = 1 / (deviations[i] + least)
                sum += deviations[i] * scale[i] * deviations[i] * scale[i]
            }
            // The mean squared distance between two is twice the mean squared distance from the mean.
            distances.append(max(reach * 2 * sum / Float(sizes.count), 1e-6))
        }
        let exemplars = Self.standardised(inputs, mean: mean, scale: scale)
        let nearness = KernelNearness(layout: layout, reach: distances, exemplars: exemplars)
        var near = nearness.matrix(of: exemplars, isLower: true)
        for row in 0..<count { near[row * count + row] += ridge }
        var coefficients = [Float](repeating: -1 / Float(classes), count: count * classes)
        for (row, label) in labels.enumerated() { coefficients[row * classes + label] += 1 }
        PositiveSystem.solve(&near, size: count, for: &coefficients, columns: classes)
        self.init(
            layout: layout, classes: classes, mean: mean, scale: scale, exemplars: exemplars,
            coefficients: coefficients, reach: distances)
    }

    /// Mean and deviation of each of a moment's numbers.
    private static func spread(of inputs: [Float], width: Int) -> (mean: [Float], deviations: [Float]) {
        let count = Double(inputs.count / width)
        var mean = [Float](repeating: 0, count: width)
        var deviations = mean
        for i in 0..<width {
            var (sum, squares) = (0.0, 0.0)
            for place in stride(from: i, to: inputs.count, by: width) {
                let value = Double(inputs[place])
                sum += value
                squares += value * value
            }
            let average = sum / count
            mean[i] = Float(average)
            deviations[i] = Float(max(0, squares / count - average * average).squareRoot())
        }
        return (mean, deviations)
    }
}
