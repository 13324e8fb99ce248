import Imaging
import Skeleton

/// One hand's joints as places on a picture, and how to draw them: a tinted palm, five fingers, a light dot at each tip.
struct HandSketch {
    let side: BonePlan.Side
    /// One place a joint, in pixels.
    let places: [SIMD2<Float>]
    /// How thick fingers are drawn, in pixels.
    private let lineWidth: Float
    private let opacity: Float

    /// Round the palm: wrist, base of the thumb, then the knuckles.
    private static let palm = [0, 1, 5, 9, 13, 17]
    private static let knuckles = [(5, 9), (9, 13), (13, 17)]
    private static let tips = [4, 8, 12, 16, 20]
    /// Finger width over the distance from wrist to middle knuckle.
    private static let slimness: Float = 0.09

    /// Nil when a point lies nowhere near the picture.
    ///
    /// - Parameters:
    ///   - size: of the picture, in pixels.
    ///   - reach: points further outside than this many times its size are taken for mistakes.
    init?(_ hand: HandPose, on size: SIMD2<Float>, reach: Float) {
        guard hand.imagePoints.allSatisfy({ abs($0.x) < reach && abs($0.y) < reach }) else { return nil }
        side = hand.side == .left ? .left : .right
        places = hand.imagePoints.map { SIMD2($0.x, $0.y) * size }
        let span = places[9] - places[0]
        let width = (span * span).sum().squareRoot() * Self.slimness
        lineWidth = min(max(width, 1), max(size.y / 180, 1.2))
        opacity = hand.score.isFinite ? min(max(hand.score, 0.3), 1) : 0.3
    }

    func draw(on picture: inout PixelBuffer, _ color: Color) {
        let bones = SkeletonTopology.hand21.inwardEdges.map { ($0.child, $0.parent) } + Self.knuckles
        picture.fillPolygon(Self.palm.map { places[$0] }, color: color, opacity: 0.35 * opacity)
        for (start, end) in bones {
            picture.strokeLine(
                from: places[start], to: places[end], width: lineWidth + max(1, lineWidth * 0.6), color: .black,
                opacity: 0.3 * opacity)
        }
        for (start, end) in bones {
            picture.strokeLine(
                from: places[start], to: places[end], width: lineWidth, color: color, opacity: opacity)
        }
        // Dots at every joint would bury a small hand.
        let dots = lineWidth > 3 ? Array(places.indices) : Self.tips
        for joint in dots {
            picture.fillCircle(
                center: places[joint], radius: lineWidth * (Self.tips.contains(joint) ? 0.8 : 0.6), color: .white,
                opacity: opacity)
        }
    }
}
