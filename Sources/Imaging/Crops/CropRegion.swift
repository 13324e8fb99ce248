import Foundation

/// A square of a picture, turned about its centre: what a network is shown.
///
/// Positions are in pixels with whole numbers on pixel centres, the convention of BlazePose's reference.
package struct CropRegion: Sendable, Hashable {
    /// Middle of the square.
    package var center: SIMD2<Float>
    /// Length of an edge in pixels.
    package var side: Float
    /// How far the square is turned, in radians, clockwise as seen on the screen.
    package var rotation: Float

    package init(center: SIMD2<Float>, side: Float, rotation: Float = 0) {
        self.center = center
        self.side = side
        self.rotation = rotation
    }

    /// The upright square that just holds a whole picture: where a letter-box sits.
    package init(holding picture: Picture) {
        self.init(
            center: SIMD2(Float(picture.width), Float(picture.height)) / 2,
            side: Float(max(picture.width, picture.height)))
    }

    /// The direction in the picture of the square's x axis, of length one.
    package var xAxis: SIMD2<Float> { SIMD2(cosine, sine) }

    /// The direction in the picture of the square's y axis, of length one.
    package var yAxis: SIMD2<Float> { SIMD2(-sine, cosine) }

    /// The place in the picture of a point given in 0…1 of the square.
    package func pixel(at unit: SIMD2<Float>) -> SIMD2<Float> {
        let offset = (unit - 0.5) * side
        return center + offset.x * xAxis + offset.y * yAxis
    }

    /// The place in 0…1 of the square of a point of the picture.
    package func unit(at pixel: SIMD2<Float>) -> SIMD2<Float> {
        let offset = pixel - center
        return SIMD2((offset * xAxis).sum(), (offset * yAxis).sum()) / side + 0.5
    }

    /// Intersection over union of the upright squares of the same centres and sides, 0…1.
    package func overlap(with other: CropRegion) -> Float {
        let low = pointwiseMax(center - side / 2, other.center - other.side / 2)
        let high = pointwiseMin(center + side / 2, other.center + other.side / 2)
        let extent = pointwiseMax(high - low, .zero)
        let shared = extent.x * extent.y
        let union = side * side + other.side * other.side - shared
        return union > 0 ? shared / union : 0
    }

    private var cosine: Float { cos(rotation) }
    private var sine: Float { sin(rotation) }
}
