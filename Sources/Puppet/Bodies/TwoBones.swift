import Foundation

/// Two bones that reach for a place.
struct TwoBones {
    var first: Float
    var second: Float

    /// The direction of the first bone, the bend between the bones, and the direction the middle joint points to.
    func reach(_ way: SIMD3<Float>, pole: SIMD3<Float>) -> (first: SIMD3<Float>, flexion: Float, pole: SIMD3<Float>) {
        let shortest = abs(first - second) + 0.02
        let distance = max(shortest, min(0.9995 * (first + second), length(way)))
        let along = normalized(way)
        let side = perpendicular(pole, to: along)
        let cosine = (first * first + distance * distance - second * second) / (2 * first * distance)
        let angle = acos(max(-1, min(1, cosine)))
        let inner = (first * first + second * second - distance * distance) / (2 * first * second)
        let direction = cos(angle) * along + sin(angle) * side
        return (direction, .pi - acos(max(-1, min(1, inner))), perpendicular(side, to: direction))
    }
}
