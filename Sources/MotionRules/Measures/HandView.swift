package import Skeleton

/// The joints of one hand at one moment, ready for measuring fingers.
package struct HandView: Sendable {
    /// Where the wrist is in the picture, in units of its height, without depth.
    let wrist: SIMD3<Float>
    /// From the wrist to the knuckle of the middle finger in the picture.
    let palmLength: Float
    /// 21 points: in metres where the source tells them, else in the picture.
    private let points: [SIMD3<Float>]

    package init(_ hand: HandPose, aspectRatio: Float) {
        let flat = hand.imagePoints.map { SIMD3($0.x * aspectRatio, $0.y, 0) }
        wrist = flat[0]
        palmLength = Self.length(flat[9] - flat[0])
        points = hand.worldPoints.isEmpty ? flat : hand.worldPoints
    }

    /// How far a finger is rolled in: 0 straight, towards 1 as its tip comes back to its base. Thumb first.
    func curl(_ finger: Int) -> Float? {
        var way: Float = 0
        for joint in 2...4 { way += Self.length(points[4 * finger + joint] - points[4 * finger + joint - 1]) }
        guard way > 0 else { return nil }
        return 1 - min(1, Self.length(points[4 * finger + 4] - points[4 * finger + 1]) / way)
    }

    /// The angle between two fingers, each from base to tip, in degrees.
    func spread(_ first: Int, _ second: Int) -> Float? {
        let (a, b) = (points[4 * first + 4] - points[4 * first + 1], points[4 * second + 4] - points[4 * second + 1])
        return JointAngle.between(a, b, at: .zero).map { $0 * 180 / .pi }
    }

    /// From the tip of the thumb to that of a finger, in palm lengths.
    func pinch(_ finger: Int) -> Float? {
        let palm = Self.length(points[9] - points[0])
        guard palm > 0 else { return nil }
        return min(5, Self.length(points[4 * finger + 4] - points[4]) / palm)
    }

    private static func length(_ v: SIMD3<Float>) -> Float { (v * v).sum().squareRoot() }
}
