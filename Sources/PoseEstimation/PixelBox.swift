/// An upright rectangle in pixels.
package struct PixelBox: Sendable, Hashable {
    package var low: SIMD2<Float>
    package var high: SIMD2<Float>

    package init(low: SIMD2<Float>, high: SIMD2<Float>) {
        self.low = low
        self.high = high
    }

    var area: Float {
        let extent = pointwiseMax(high - low, .zero)
        return extent.x * extent.y
    }

    func intersection(with other: PixelBox) -> PixelBox {
        PixelBox(low: pointwiseMax(low, other.low), high: pointwiseMin(high, other.high))
    }
}
