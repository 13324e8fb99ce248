import Foundation
import Skeleton
import TestSupport
import Testing

@Suite("Object keypoint similarity")
struct ObjectKeypointSimilarityTests {
    private let measure = ObjectKeypointSimilarity(topology: .coco17)

    private func randomPose(_ generator: inout SeededGenerator) -> Pose {
        let keypoints: [Keypoint?] = (0..<SkeletonTopology.coco17.count).map { _ in
            Keypoint(x: .random(in: 0...1, using: &generator), y: .random(in: 0...1, using: &generator))
        }
        return Pose(topology: .coco17, keypoints: keypoints)
    }

    @Test("a pose is wholly like itself")
    func identity() {
        var generator = SeededGenerator(seed: 1)
        for _ in 0..<50 {
            let pose = randomPose(&generator)
            #expect(measure(pose, pose, aspectRatio: 1.5) == 1)
        }
    }

    @Test("it is symmetric and within 0…1")
    func symmetry() {
        var generator = SeededGenerator(seed: 2)
        for _ in 0..<50 {
            let a = randomPose(&generator)
            let b = randomPose(&generator)
            let value = measure(a, b, aspectRatio: 1)
            #expect(value == measure(b, a, aspectRatio: 1))
            #expect(value >= 0 && value < 1)
        }
    }

    @Test("it falls as a pose moves away")
    func falls() {
        var generator = SeededGenerator(seed: 3)
        let pose = randomPose(&generator)
        var last: Float = 1
        for step in 1...10 {
            var moved = pose
            for joint in moved.keypoints.indices { moved.keypoints[joint]?.x += 0.02 * Float(step) }
            let value = measure(pose, moved, aspectRatio: 1)
            #expect(value < last)
            last = value
        }
    }

    @Test("it agrees with COCO's formula on one joint")
    func formula() {
        var a = [SIMD2<Float>?](repeating: nil, count: 17)
        var b = a
        let wrist = 9
        a[wrist] = SIMD2(10, 10)
        b[wrist] = SIMD2(13, 14)
        // d² = 25, s² = 400, k = 2 · 0.062: exp(-25 / (2 · 400 · k²)).
        let expected = exp(-25 / (2 * 400 * 0.124 * 0.124))
        #expect(abs(measure(a, b, scale: 20)! - Float(expected)) < 1e-5)
    }

    @Test("poses that share no joint cannot be compared")
    func nothingShared() {
        var a = [SIMD2<Float>?](repeating: nil, count: 17)
        var b = a
        a[0] = .zero
        b[1] = .zero
        #expect(measure(a, b, scale: 1) == nil)
        #expect(measure(Pose(topology: .coco17), Pose(topology: .coco17), aspectRatio: 1) == 0)
    }

    @Test("a larger body forgives the same distance more easily", arguments: [2, 4, 8] as [Float])
    func scale(factor: Float) {
        let a = [SIMD2<Float>?](repeating: .zero, count: 17)
        let b = [SIMD2<Float>?](repeating: SIMD2(1, 0), count: 17)
        #expect(measure(a, b, scale: 5 * factor)! > measure(a, b, scale: 5)!)
    }
}
