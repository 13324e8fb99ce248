/// Loops over one contiguous row of numbers. The loop variable is the only index, so they vectorise.
enum RowKernels {
    /// `y += x`.
    @inline(__always)
    static func add(_ x: UnsafePointer<Float>, to y: UnsafeMutablePointer<Float>, count: Int) {
        for i in 0..<count { y[i] += x[i] }
    }

    /// `y = max(y, 0)`.
    @inline(__always)
    static func rectify(_ y: UnsafeMutablePointer<Float>, count: Int) {
        for i in 0..<count { y[i] = y[i] > 0 ? y[i] : 0 }
    }

    /// `dy = 0` where the rectified `y` is 0.
    @inline(__always)
    static func rectifyBackward(_ dy: UnsafeMutablePointer<Float>, where y: UnsafePointer<Float>, count: Int) {
        for i in 0..<count { dy[i] = y[i] > 0 ? dy[i] : 0 }
    }

    /// `y = x · scale + offset`.
    @inline(__always)
    static func scale(
        _ x: UnsafePointer<Float>, by scale: Float, offset: Float, into y: UnsafeMutablePointer<Float>, count: Int
    ) {
        for i in 0..<count { y[i] = x[i] * scale + offset }
    }

    /// `y *= x`.
    @inline(__always)
    static func multiply(_ y: UnsafeMutablePointer<Float>, by x: UnsafePointer<Float>, count: Int) {
        for i in 0..<count { y[i] *= x[i] }
    }

    /// `Σ x`.
    static func sum(_ x: UnsafePointer<Float>, count: Int) -> Double {
        blocks(count: count) {
            lane(x + $0)
        } tail: {
            Double(x[$0])
        }
    }

    /// `Σ (x - mean)²`.
    static func sumOfSquares(_ x: UnsafePointer<Float>, around mean: Float, count: Int) -> Double {
        blocks(count: count) { first in
            let d = lane(x + first) - mean
            return d * d
        } tail: {
            let d = Double(x[$0] - mean)
            return d * d
        }
    }

    /// `Σ (x - mean) · y`.
    static func sumOfProducts(
        _ x: UnsafePointer<Float>, around mean: Float, with y: UnsafePointer<Float>, count: Int
    ) -> Double {
        blocks(count: count) { first in
            (lane(x + first) - mean) * lane(y + first)
        } tail: {
            Double((x[$0] - mean) * y[$0])
        }
    }

    private typealias Lanes = SIMD16<Float>

    @inline(__always)
    private static func lane(_ x: UnsafePointer<Float>) -> Lanes {
        UnsafeRawPointer(x).loadUnaligned(as: Lanes.self)
    }

    /// Sums lanes of 16 in single precision over short blocks, and blocks in double precision.
    @inline(__always)
    private static func blocks(
        count: Int, lanes: (Int) -> Lanes, tail: (Int) -> Double
    ) -> Double {
        var total = 0.0
        var index = 0
        let whole = count / 16 * 16
        while index < whole {
            let end = min(index + 1024, whole)
            var block = Lanes.zero
            while index < end {
                block += lanes(index)
                index += 16
            }
            total += Double(block.sum())
        }
        while index < count {
            total += tail(index)
            index += 1
        }
        return total
    }
}
