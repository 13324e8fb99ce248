package import Skeleton

/// What the network for hand shapes looks at: the hand in the plane of the picture, without place and size, mirrored so
/// that every hand is a right one; its orientation remains, since a thumb may be up or down.
package enum HandFeatures {
    package static let count = 2 * joints + 5 + 10 + 5 + 10
    private static let joints = 21

    /// Joints of a finger from the wrist on; thumb first.
    private static func finger(_ finger: Int, _ joint: Int) -> Int { joint == 0 ? 0 : 4 * finger + joint }

    /// Places of the joints of a hand, in units of the picture's height; a left hand mirrored.
    package static func places(of hand: HandPose, aspectRatio: Float) -> [SIMD2<Float>] {
        let mirror: Float = hand.side == .left ? -1 : 1
        return hand.imagePoints.map { SIMD2($0.x * aspectRatio * mirror, $0.y) }
    }

    /// Writes the features of a hand.
    ///
    /// - Parameters:
    ///   - places: 21 places of a right hand, y down, in any unit.
    ///   - features: receives `count` values.
    /// - Returns: false where all joints are in one place, or are no numbers.
    package static func write(_ places: [SIMD2<Float>], into features: inout [Float]) -> Bool {
        precondition(places.count == joints && features.count == count, "21 places and room for the features")
        guard let points = PlaneShape.normalised(places) else { return false }
        var next = 0
        func put(_ value: Float) {
            features[next] = value
            next += 1
        }
        for point in points {
            put(point.x)
            put(point.y)
        }
        for finger in 0..<5 {
            var length: Float = 1e-4
            for joint in 2...4 {
                length += PlaneShape.distance(
                    points[Self.finger(finger, joint)], points[Self.finger(finger, joint - 1)])
            }
            let reach = PlaneShape.distance(points[Self.finger(finger, 4)], points[Self.finger(finger, 1)])
            put(reach / length * 2 - 1)
        }
        for finger in 0..<5 {
            let way = points[Self.finger(finger, 4)] - points[Self.finger(finger, 1)]
            let length = PlaneShape.distance(way, .zero) + 0.05
            put(way.x / length)
            put(way.y / length)
        }
        for finger in 0..<5 {
            let tip = PlaneShape.distance(points[Self.finger(finger, 4)], points[0])
            let knuckle = points[Self.finger(finger, 2)] - points[0]
            put(tip / ((knuckle * knuckle).sum() + 0.01).squareRoot() - 1)
        }
        for first in 0..<5 {
            for second in 0..<first {
                put(PlaneShape.distance(points[Self.finger(first, 4)], points[Self.finger(second, 4)]) - 1)
            }
        }
        return true
    }
}
