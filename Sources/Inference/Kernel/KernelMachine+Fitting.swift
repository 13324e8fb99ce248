import Foundation

extension KernelMachine {
    /// A machine trained on labelled inputs; the same inputs give the same machine.
    ///
    /// - Parameters:
    ///   - inputs: (n, F).
    ///   - labels: the class of each input.
    ///   - reach: how far nearness reaches, as a share of the mean squared distance between inputs.
    ///   - ridge: how little single exemplars may count; above 0.
    ///   - floor: a share of the mean deviation of all features that is added to each one's own, so that the noise of
    ///     what hardly varies is not blown up.
    package init(
        fitting inputs: [Float], labels: [Int], classes: Int, reach: Float = 1, ridge: Float = 0.05, floor: Float = 0.3
    ) {
        let count = labels.count
        let features = inputs.count / max(1, count)
        precondition(count > 1 && features > 0 && ridge > 0 && reach > 0, "there is something to learn from")
        var mean = [Float](repeating: 0, count: features)
        var deviations = mean
        for i in 0..<features {
            var (sum, squares) = (0.0, 0.0)
            for row in 0..<count {
                let value = Double(inputs[row * features + i])
                sum += value
                squares += value * value
            }
            let average = sum / Double(count)
            mean[i] = Float(average)
            deviations[i] = Float(max(0, squares / Double(count) - average * average).squareRoot())
        }
        let least = max(floor * deviations.reduce(0, +) / Float(features), 1e-6)
        let scale = deviations.map { 1 / ($0 + least) }
        var exemplars = inputs
        for row in 0..<count {
            for i in 0..<features { exemplars[row * features + i] = (inputs[row * features + i] - mean[i]) * scale[i] }
        }
        let squares = Self.squaredLengths(of: exemplars, features: features)
        // Exemplars have mean zero, so the mean squared distance between two is twice their mean squared length.
        let distance = max(reach * 2 * squares.reduce(0, +) / Float(count), 1e-6)
        var kernel = Self.products(exemplars, exemplars, features: features)
        for row in 0..<count {
            for column in 0..<count {
                let apart = max(0, squares[row] + squares[column] - 2 * kernel[row * count + column])
                kernel[row * count + column] = exp(-apart / distance)
            }
            kernel[row * count + row] = 1 + ridge
        }
        var coefficients = [Float](repeating: -1 / Float(classes), count: count * classes)
        for (row, label) in labels.enumerated() { coefficients[row * classes + label] += 1 }
        PositiveSystem.solve(&kernel, size: count, for: &coefficients, columns: classes)
        self.init(
            classes: classes, mean: mean, scale: scale, exemplars: exemplars, coefficients: coefficients,
            reach: distance)
    }
}
