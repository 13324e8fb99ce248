import Foundation

/// Kernel ridge regression with a Gaussian kernel (Saunders et al. 1998): the score of a class is a weighted sum of how
/// near an input is to each of the exemplars that were trained on. Learns from few examples in seconds. Immutable.
package struct KernelMachine: Sendable, Equatable {
    /// F: numbers an input has.
    package let features: Int
    package let classes: Int
    /// (F): what is taken from an input, and what the rest is multiplied with.
    package let mean: [Float]
    package let scale: [Float]
    /// (n, F), centred and scaled.
    package let exemplars: [Float]
    /// (n, classes).
    package let coefficients: [Float]
    /// The squared distance at which nearness has fallen to 1/e.
    package let reach: Float
    /// (n): the exemplars' squared lengths.
    private let squares: [Float]

    /// The number of exemplars.
    package var count: Int { coefficients.count / classes }

    /// - Parameters: of matching sizes; `reach` is above 0.
    package init(
        classes: Int, mean: [Float], scale: [Float], exemplars: [Float], coefficients: [Float], reach: Float
    ) {
        precondition(mean.count == scale.count && !mean.isEmpty && classes > 0, "a mean and a scale a feature")
        precondition(exemplars.count / mean.count == coefficients.count / classes, "coefficients for each exemplar")
        precondition(reach > 0, "nearness falls with distance")
        features = mean.count
        self.classes = classes
        self.mean = mean
        self.scale = scale
        self.exemplars = exemplars
        self.coefficients = coefficients
        self.reach = reach
        squares = Self.squaredLengths(of: exemplars, features: mean.count)
    }

    /// The classes' scores for each of some inputs: about 1 for the right class and 0 for others.
    ///
    /// - Parameter inputs: (m, F).
    /// - Returns: (m, classes).
    package func scores(of inputs: [Float]) -> [Float] {
        precondition(inputs.count % features == 0, "inputs of \(features) numbers")
        let inputs = standardised(inputs)
        let lengths = Self.squaredLengths(of: inputs, features: features)
        var nearness = Self.products(inputs, exemplars, features: features)
        let count = count
        for row in lengths.indices {
            for column in 0..<count {
                let distance = max(0, lengths[row] + squares[column] - 2 * nearness[row * count + column])
                nearness[row * count + column] = exp(-distance / reach)
            }
        }
        var scores = [Float](repeating: 1 / Float(classes), count: lengths.count * classes)
        Self.multiply(nearness, coefficients, rows: lengths.count, inner: count, columns: classes, into: &scores)
        return scores
    }

    private func standardised(_ inputs: [Float]) -> [Float] {
        var result = inputs
        for row in stride(from: 0, to: inputs.count, by: features) {
            for i in 0..<features { result[row + i] = (inputs[row + i] - mean[i]) * scale[i] }
        }
        return result
    }

    static func squaredLengths(of rows: [Float], features: Int) -> [Float] {
        stride(from: 0, to: rows.count, by: features).map { row in
            rows[row..<row + features].reduce(0) { $0 + $1 * $1 }
        }
    }

    /// Inner products of every row of `a` with every row of `b`: (rows of a, rows of b).
    static func products(_ a: [Float], _ b: [Float], features: Int) -> [Float] {
        _ = MatrixProduct.singleThreaded
        let (m, n) = (a.count / features, b.count / features)
        return [Float](unsafeUninitializedCapacity: m * n) { buffer, count in
            a.withUnsafeBufferPointer { a in
                b.withUnsafeBufferPointer { b in
                    guard m > 0, n > 0, let a = a.baseAddress, let b = b.baseAddress, let c = buffer.baseAddress
                    else { return }
                    MatrixProduct.multiply(
                        m: m, n: n, k: features, a, lda: features, by: b, ldb: features, transposingB: true, into: c,
                        ldc: n)
                }
            }
            count = m * n
        }
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
