/// An upright rectangle in a picture, in pixels.
struct Box: Hashable {
    var low: SIMD2<Float>
    var high: SIMD2<Float>

    var size: SIMD2<Float> { high - low }
    var middle: SIMD2<Float> { (low + high) / 2 }

    /// The area that two share.
    func overlap(_ other: Box) -> Float {
        let shared = pointwiseMin(high, other.high) - pointwiseMax(low, other.low)
        return shared.x > 0 && shared.y > 0 ? shared.x * shared.y : 0
    }

    /// The point of it that is nearest to another.
    func nearest(to point: SIMD2<Float>) -> SIMD2<Float> { pointwiseMin(pointwiseMax(point, low), high) }
}
