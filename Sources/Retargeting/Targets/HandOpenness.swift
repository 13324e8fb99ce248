import Skeleton

extension Pose {
    /// How open a hand is, 0 a fist … 1 stretched fingers; nil where the hand was not looked for or not found.
    func openness(of side: RobotMapping.Side) -> Double? {
        hands.first { $0.side.rawValue == side.rawValue && $0.isFinite }?.openness
    }
}

extension HandPose {
    /// Tips as far from the wrist as their knuckles mean a fist; so many times as far, a stretched finger.
    private static let stretched = 1.75

    /// How open it is, 0 a fist … 1 stretched fingers (the thumb, which goes its own way, left out).
    package var openness: Double? {
        let points = worldPoints.isEmpty ? imagePoints : worldPoints
        var sum = 0.0
        for finger in 1...4 {
            let knuckle = Double(distance(points[0], points[1 + finger * 4]))
            guard knuckle > 1e-6 else { return nil }
            let share = Double(distance(points[0], points[4 + finger * 4])) / knuckle
            sum += min(max((share - 1) / (Self.stretched - 1), 0), 1)
        }
        return sum / 4
    }

    private func distance(_ a: SIMD3<Float>, _ b: SIMD3<Float>) -> Float {
        ((a - b) * (a - b)).sum().squareRoot()
    }
}
