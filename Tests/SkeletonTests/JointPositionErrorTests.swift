import Skeleton
import Testing

@Suite("Joint position error")
struct JointPositionErrorTests {
    private let truth: [SIMD3<Float>?] = [SIMD3(0, 0, 0), SIMD3(1, 0, 0), nil, SIMD3(0, 2, 0)]

    @Test("a perfect estimate has none")
    func perfect() {
        #expect(JointPositionError.mean(truth, truth) == 0)
        #expect(JointPositionError.mean(truth, truth, alignedAt: 0) == 0)
    }

    @Test("a shift counts in full, and not at all once aligned")
    func shift() {
        let moved = truth.map { point in point.map { $0 + SIMD3(3, 4, 0) } }
        #expect(JointPositionError.mean(moved, truth) == 5)
        #expect(JointPositionError.mean(moved, truth, alignedAt: 1) == 0)
    }

    @Test("only joints known in both count")
    func missing() {
        let estimate: [SIMD3<Float>?] = [SIMD3(0, 0, 2), nil, SIMD3(9, 9, 9), nil]
        #expect(JointPositionError.mean(estimate, truth) == 2)
        #expect(JointPositionError.mean([nil, nil, nil, nil], truth) == nil)
        #expect(JointPositionError.mean(estimate, truth, alignedAt: 1) == nil)
    }
}
