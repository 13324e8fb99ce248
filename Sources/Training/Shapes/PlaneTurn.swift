import Foundation

/// A linear map of the plane.
struct PlaneTurn {
    var x = SIMD2<Float>(1, 0)
    var y = SIMD2<Float>(0, 1)

    /// A turn by an angle in radians.
    static func turn(_ angle: Float) -> PlaneTurn {
        let (c, s) = (Float(cos(Double(angle))), Float(sin(Double(angle))))
        return PlaneTurn(x: SIMD2(c, s), y: SIMD2(-s, c))
    }

    /// Shrinks by a factor along an axis at an angle in radians, as a tilt out of the plane does.
    static func squeeze(_ factor: Float, along angle: Float) -> PlaneTurn {
        let (there, back) = (turn(angle), turn(-angle))
        func apply(_ v: SIMD2<Float>) -> SIMD2<Float> {
            let inner = back(v)
            return there(SIMD2(inner.x * factor, inner.y))
        }
        return PlaneTurn(x: apply(SIMD2(1, 0)), y: apply(SIMD2(0, 1)))
    }

    func callAsFunction(_ v: SIMD2<Float>) -> SIMD2<Float> { x * v.x + y * v.y }
}
