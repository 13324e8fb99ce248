import Foundation
package import Imaging

extension CropRegion {
    /// How much larger than the circle round the body the square shown to the landmark network is.
    static let bodyMargin: Float = 1.25

    /// Edge, over the body's radius, of the square in which the detector looks for one certain person: so tight that
    /// whoever stands beside does not outshine them.
    static let searchMargin: Float = 2.2

    /// The same with room for outstretched limbs.
    static let wideSearchMargin: Float = 3

    /// The square round a body, turned so that the body's top points up (BlazePose, Bazarevsky et al. 2020).
    ///
    /// - Parameters:
    ///   - hipCenter: the middle of the square, in pixels.
    ///   - bodyTop: a point on the circle that holds the whole body, in pixels.
    package init(hipCenter: SIMD2<Float>, bodyTop: SIMD2<Float>) {
        let up = bodyTop - hipCenter
        let radius = (up * up).sum().squareRoot()
        self.init(
            center: hipCenter, side: 2 * radius * Self.bodyMargin, rotation: Self.wrapped(.pi / 2 - atan2(-up.y, up.x)))
    }

    /// The same angle within -π ..< π.
    static func wrapped(_ angle: Float) -> Float {
        angle - 2 * .pi * ((angle + .pi) / (2 * .pi)).rounded(.down)
    }
}
