import Skeleton
import Testing

struct JointAngleTests {
    @Test("a straight limb measures π, a right angle π/2, a folded limb 0")
    func knownAngles() throws {
        let straight = try #require(JointAngle.between(SIMD3(0, -1, 0), SIMD3(0, 2, 0), at: .zero))
        let right = try #require(JointAngle.between(SIMD3(0, -1, 0), SIMD3(0, 0, 3), at: .zero))
        let folded = try #require(JointAngle.between(SIMD3(1, 1, 0), SIMD3(2, 2, 0), at: .zero))
        #expect(abs(straight - .pi) < 1e-3)
        #expect(abs(right - .pi / 2) < 1e-5)
        #expect(folded < 1e-3)
    }

    @Test("from down, hanging is 0, level π/2 and up π")
    func fromDown() throws {
        #expect(try #require(JointAngle.fromDown(SIMD3(0, 1, 0))) < 1e-3)
        #expect(abs(try #require(JointAngle.fromDown(SIMD3(1, 0, 1))) - .pi / 2) < 1e-5)
        #expect(abs(try #require(JointAngle.fromDown(SIMD3(0, -1, 0))) - .pi) < 1e-3)
    }

    @Test("a bone without length or with points that are not finite has no angle")
    func degenerate() {
        #expect(JointAngle.between(.zero, SIMD3(1, 0, 0), at: .zero) == nil)
        #expect(JointAngle.between(SIMD3(.nan, 0, 0), SIMD3(1, 0, 0), at: .zero) == nil)
        #expect(JointAngle.between(SIMD3(.infinity, 0, 0), SIMD3(1, 0, 0), at: .zero) == nil)
    }

    @Test("every angle is found by joint names and is nil where one of its joints was not seen")
    func byName() throws {
        let topology = SkeletonTopology.blazePose33
        for angle in JointAngle.allCases {
            var points: [SIMD3<Float>?] = (0..<topology.count).map { SIMD3(Float($0), Float($0 * $0 % 7), 1) }
            let (a, vertex, b) = angle.joints
            let places = try [a, vertex, b].map { try #require(topology.index(of: $0)) }
            points[places[0]] = SIMD3(0, -1, 0)
            points[places[1]] = .zero
            points[places[2]] = SIMD3(1, 0, 0)
            let radians = try #require(angle.radians(in: Pose(topology: topology, worldPoints: points)))
            #expect(abs(radians - .pi / 2) < 1e-5)
            for place in places {
                var hidden = points
                hidden[place] = nil
                #expect(angle.radians(in: Pose(topology: topology, worldPoints: hidden)) == nil)
            }
        }
        #expect(JointAngle.leftKnee.radians(in: Pose(topology: topology)) == nil)
    }
}
