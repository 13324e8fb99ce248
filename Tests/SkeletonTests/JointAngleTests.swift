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
}
