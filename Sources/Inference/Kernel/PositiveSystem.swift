/// Linear equations with a symmetric positive definite matrix.
package enum PositiveSystem {
    /// Solves `a · x = b` by Cholesky's decomposition in blocks.
    ///
    /// - Parameters:
    ///   - a: (size, size), row-major, of which the lower triangle is read; what it holds afterwards is of no use.
    ///   - b: (size, columns); the solution afterwards.
    package static func solve(_ a: inout [Float], size: Int, for b: inout [Float], columns: Int) {
        precondition(a.count == size * size && b.count == size * columns, "a square matrix and a side for each row")
        guard size > 0, columns > 0 else { return }
        a.withUnsafeMutableBufferPointer { a in
            b.withUnsafeMutableBufferPointer { b in
                guard let a = a.baseAddress, let b = b.baseAddress else { return }
                decompose(a, size)
                substitute(a, size, b, columns)
            }
        }
    }

    private static let block = 64

    /// Leaves L with L · Lᵀ = a in the lower triangle.
    private static func decompose(_ a: UnsafeMutablePointer<Float>, _ n: Int) {
        var negated = [Float](repeating: 0, count: n * block)
        for first in stride(from: 0, to: n, by: block) {
            let end = min(first + block, n)
            for row in first..<n {
                for column in first..<min(row + 1, end) {
                    var sum = Double(a[row * n + column])
                    for k in first..<column { sum -= Double(a[row * n + k]) * Double(a[column * n + k]) }
                    if row == column {
                        a[row * n + row] = Float(max(sum, 1e-12).squareRoot())
                    } else {
                        a[row * n + column] = Float(sum) / a[column * n + column]
                    }
                }
            }
            guard end < n else { continue }
            let (rest, width) = (n - end, end - first)
            negated.withUnsafeMutableBufferPointer { negated in
                guard let negated = negated.baseAddress else { return }
                for row in 0..<rest {
                    for k in 0..<width { negated[row * width + k] = -a[(end + row) * n + first + k] }
                }
                MatrixProduct.multiply(
                    m: rest, n: rest, k: width, negated, lda: width, by: a + end * n + first, ldb: n,
                    transposingB: true, into: a + end * n + end, ldc: n, adding: true)
            }
        }
    }

    /// Solves with L, then with its transpose.
    private static func substitute(
        _ l: UnsafePointer<Float>, _ n: Int, _ b: UnsafeMutablePointer<Float>, _ columns: Int
    ) {
        for row in 0..<n {
            for k in 0..<row { subtract(l[row * n + k], b + k * columns, from: b + row * columns, columns) }
            let inverse = 1 / l[row * n + row]
            for c in 0..<columns { b[row * columns + c] *= inverse }
        }
        for row in (0..<n).reversed() {
            let inverse = 1 / l[row * n + row]
            for c in 0..<columns { b[row * columns + c] *= inverse }
            for k in 0..<row { subtract(l[row * n + k], b + row * columns, from: b + k * columns, columns) }
        }
    }

    @inline(__always)
    private static func subtract(
        _ factor: Float, _ x: UnsafePointer<Float>, from y: UnsafeMutablePointer<Float>, _ count: Int
    ) {
        for i in 0..<count { y[i] -= factor * x[i] }
    }
}
