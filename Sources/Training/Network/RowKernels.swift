import CRowProduct

/// Loops over one contiguous row of numbers.
enum RowKernels {
    /// `y += x`.
    @inline(__always)
    static func add(_ x: UnsafePointer<Float>, to y: UnsafeMutablePointer<Float>, count: Int) {
        laban_add(x, y, count)
    }

    /// `dy = 0` where the rectified `y` is 0.
    @inline(__always)
    static func rectifyBackward(_ dy: UnsafeMutablePointer<Float>, where y: UnsafePointer<Float>, count: Int) {
        laban_rectify_gradient(dy, y, count)
    }

    /// `y = x · scale + offset`, plus `addend` where there is one; what is below 0 becomes 0 when `rectifying`.
    @inline(__always)
    static func scale(
        _ x: UnsafePointer<Float>, by scale: Float, offset: Float, adding addend: UnsafePointer<Float>? = nil,
        rectifying: Bool = false, into y: UnsafeMutablePointer<Float>, count: Int
    ) {
        laban_affine(x, scale, offset, addend, rectifying ? 0 : -.infinity, y, count)
    }

    /// `dy = dy · gain + x · slope + constant`.
    @inline(__always)
    static func scaleBackward(
        _ dy: UnsafeMutablePointer<Float>, by gain: Float, _ x: UnsafePointer<Float>, slope: Float, constant: Float,
        count: Int
    ) {
        laban_affine_gradient(dy, gain, x, slope, constant, count)
    }

    /// `y *= x`.
    @inline(__always)
    static func multiply(_ y: UnsafeMutablePointer<Float>, by x: UnsafePointer<Float>, count: Int) {
        laban_multiply(x, y, count)
    }

    /// `Σ x`.
    static func sum(_ x: UnsafePointer<Float>, count: Int) -> Double { laban_sum(x, count) }

    /// `Σ (x - mean)²`.
    static func sumOfSquares(_ x: UnsafePointer<Float>, around mean: Float, count: Int) -> Double {
        laban_sum_of_squares(x, mean, count)
    }

    /// `Σ (x - mean) · y`.
    static func sumOfProducts(
        _ x: UnsafePointer<Float>, around mean: Float, with y: UnsafePointer<Float>, count: Int
    ) -> Double {
        laban_sum_of_products(x, mean, y, count)
    }
}
