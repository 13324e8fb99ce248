/// Kernel ridge regression (Saunders et al. 1998): the score of a class is a weighted sum of how near an input is to each
/// of the exemplars that were trained on. Learns from few examples in seconds. Immutable.
package struct KernelMachine: Sendable, Equatable {
    package let classes: Int
    /// What is taken from a moment's numbers, and what the rest is multiplied with: the same at every moment, so that
    /// moments can be compared.
    package let mean: [Float]
    package let scale: [Float]
    /// (n, classes).
    package let coefficients: [Float]
    private let nearness: KernelNearness

    package var layout: KernelLayout { nearness.layout }
    /// (n, F), centred and scaled.
    package var exemplars: [Float] { nearness.exemplars }
    /// For each kind of numbers the squared distance of two groups at which their nearness has fallen to 1/e.
    package var reach: [Float] { nearness.reach }
    /// F: numbers an input has.
    package var features: Int { layout.features }
    /// The number of exemplars.
    package var count: Int { coefficients.count / classes }

    /// - Parameters: of matching sizes; every `reach` is above 0.
    package init(
        layout: KernelLayout, classes: Int, mean: [Float], scale: [Float], exemplars: [Float], coefficients: [Float],
        reach: [Float]
    ) {
        let width = layout.width
        precondition(mean.count == width && scale.count == width && classes > 0, "a mean and a scale a number")
        precondition(
            exemplars.count * classes == coefficients.count * layout.features, "coefficients for each exemplar")
        precondition(reach.count == layout.kinds.count && reach.allSatisfy { $0 > 0 }, "nearness falls with distance")
        self.classes = classes
        self.mean = mean
        self.scale = scale
        self.coefficients = coefficients
        nearness = KernelNearness(layout: layout, reach: reach, exemplars: exemplars)
    }

    /// The classes' scores for each of some inputs: about 1 for the right class and 0 for others.
    ///
    /// - Parameter inputs: (m, F).
    /// - Returns: (m, classes).
    package func scores(of inputs: [Float]) -> [Float] {
        precondition(inputs.count % features == 0, "inputs of \(features) numbers")
        let rows = inputs.count / features
        let inputs = Self.standardised(inputs, mean: mean, scale: scale)
        let near = nearness.matrix(of: inputs)
        var scores = [Float](repeating: 1 / Float(classes), count: rows * classes)
        Self.multiply(near, coefficients, rows: rows, inner: count, columns: classes, into: &scores)
        return scores
    }

    static func standardised(_ inputs: [Float], mean: [Float], scale: [Float]) -> [Float] {
        var result = inputs
        for first in stride(from: 0, to: inputs.count, by: mean.count) {
            for i in mean.indices { result[first + i] = (inputs[first + i] - mean[i]) * scale[i] }
        }
        return result
    }

    /// Adds (rows, inner) times (inner, columns) to `c`.
    private static func multiply(
        _ a: [Float], _ b: [Float], rows: Int, inner: Int, columns: Int, into c: inout [Float]
    ) {
        a.withUnsafeBufferPointer { a in
            b.withUnsafeBufferPointer { b in
                c.withUnsafeMutableBufferPointer { c in
                    guard rows > 0, let a = a.baseAddress, let b = b.baseAddress, let c = c.baseAddress else { return }
                    MatrixProduct.multiply(
                        m: rows, n: columns, k: inner, a, lda: inner, by: b, ldb: columns, into: c, ldc: columns,
                        adding: true)
                }
            }
        }
    }
}
