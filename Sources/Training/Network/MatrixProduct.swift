import COpenBLAS

/// Row-major matrix products on OpenBLAS, one thread each: parallelism is over workers, never inside a product.
enum MatrixProduct {
    /// Makes OpenBLAS stay on the calling thread, for the whole process; every product sees to it that it is done.
    private static let singleThreaded: Void = openblas_set_num_threads(1)

    /// `c = op(a) · op(b)`, or `c += op(a) · op(b)` when `adding`.
    ///
    /// - Parameters:
    ///   - m, n, k: `op(a)` is m x k, `op(b)` is k x n, `c` is m x n.
    ///   - lda, ldb, ldc: distance between rows of a, b and c as they lie in memory.
    @inline(__always)
    static func multiply(
        m: Int, n: Int, k: Int, _ a: UnsafePointer<Float>, lda: Int, transposingA: Bool = false,
        by b: UnsafePointer<Float>, ldb: Int, transposingB: Bool = false,
        into c: UnsafeMutablePointer<Float>, ldc: Int, adding: Bool = false
    ) {
        _ = singleThreaded
        cblas_sgemm(
            CblasRowMajor, transposingA ? CblasTrans : CblasNoTrans, transposingB ? CblasTrans : CblasNoTrans,
            blasint(m), blasint(n), blasint(k), 1, a, blasint(lda), b, blasint(ldb), adding ? 1 : 0, c, blasint(ldc))
    }
}
