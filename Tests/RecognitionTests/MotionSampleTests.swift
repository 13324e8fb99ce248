import Recognition
import Testing

struct MotionSampleTests {
    private static let standing: [SIMD3<Float>] = [
        [0, 0, 0], [0, -0.25, 0], [0, -0.5, 0], [0, -0.7, 0], [0.18, -0.48, 0], [0.24, -0.2, 0], [0.26, 0.05, 0],
        [-0.18, -0.48, 0], [-0.24, -0.2, 0], [-0.26, 0.05, 0], [0.1, 0, 0], [0.11, 0.4, 0], [0.11, 0.8, 0],
        [-0.1, 0, 0], [-0.11, 0.4, 0], [-0.11, 0.8, 0],
    ]

    private static func sample(_ points: [SIMD3<Float>?]) -> MotionSample { MotionSample(time: 0, points: points) }

    @Test("somebody upright on straight legs with the hands down is at rest, whatever is unseen")
    func rest() {
        #expect(Self.sample(Self.standing).isAtRest)
        for joint in Self.standing.indices {
            var points: [SIMD3<Float>?] = Self.standing
            points[joint] = nil
            #expect(Self.sample(points).isAtRest)
        }
    }

    @Test("a raised hand, a bent arm, a bent knee, a bow or lying is no rest")
    func unrest() {
        var cases: [[SIMD3<Float>]] = []
        for changes: [(Int, SIMD3<Float>)] in [
            [(8, [-0.24, -0.76, 0]), (9, [-0.26, -1, 0])], [(6, [0.2, -0.4, -0.2])],
            [(11, [0.11, 0.2, -0.35]), (12, [0.11, 0.55, -0.2])], [(2, [0, -0.3, -0.4])],
        ] {
            var points = Self.standing
            for (joint, place) in changes { points[joint] = place }
            cases.append(points)
        }
        cases.append(Self.standing.map { SIMD3($0.y, $0.x, $0.z) })
        for points in cases { #expect(!Self.sample(points).isAtRest) }
    }
}
