import Lifting
import Randomness
import Skeleton
import TestSupport
import Testing

struct LiftingFeaturesTests {
    private typealias Joint = MotionSample.Joint

    /// Somebody who stands before the camera with hanging arms, in metres from the pelvis.
    private static let standing: [SIMD2<Float>] = [
        SIMD2(0, 0), SIMD2(0, -0.25), SIMD2(0, -0.5), SIMD2(0, -0.7), SIMD2(0.18, -0.5), SIMD2(0.2, -0.23),
        SIMD2(0.2, 0.02), SIMD2(-0.18, -0.5), SIMD2(-0.2, -0.23), SIMD2(-0.2, 0.02), SIMD2(0.1, 0), SIMD2(0.1, 0.41),
        SIMD2(0.1, 0.82), SIMD2(-0.1, 0), SIMD2(-0.1, 0.41), SIMD2(-0.1, 0.82),
    ]

    private func sample(_ time: Double, perMetre: Float, at place: SIMD2<Float>, seen: UInt16 = .max) -> FlatSample {
        FlatSample(
            time: time,
            image: InlineArray { seen >> UInt16($0) & 1 == 1 ? Self.standing[$0] * perMetre + place : .zero },
            seen: seen)
    }

    private func frames(_ samples: [FlatSample]) -> [[Float]] {
        var features = LiftingFeatures()
        return samples.map { sample in
            var frame = [Float](repeating: 0, count: MotionSample.jointCount * LiftingFeatures.channels)
            frame.withUnsafeMutableBufferPointer { features.next(sample, into: $0) }
            return frame
        }
    }

    @Test("how many picture heights a metre spans is read off a body of usual proportions", arguments: [0.1, 0.3, 0.9])
    func scale(_ perMetre: Float) throws {
        var scale = BodyScale()
        for frame in 0..<30 { scale.take(sample(Double(frame) / 30, perMetre: perMetre, at: SIMD2(0.1, -0.05))) }
        let found = try #require(scale.perMetre)
        #expect(abs(found / perMetre - 1) < 0.05)
    }

    @Test("somebody who looks shorter for a moment does not become smaller")
    func crouching() throws {
        var scale = BodyScale()
        for frame in 0..<30 { scale.take(sample(Double(frame) / 30, perMetre: 0.4, at: .zero)) }
        for frame in 30..<45 { scale.take(sample(Double(frame) / 30, perMetre: 0.2, at: .zero)) }
        let found = try #require(scale.perMetre)
        #expect(found > 0.36)
    }

    @Test("what is seen of a body's shape does not depend on its place and size in the picture")
    func placeAndSize() {
        let near = frames((0..<5).map { sample(Double($0) / 30, perMetre: 0.5, at: SIMD2(0.2, 0.1)) })
        let far = frames((0..<5).map { sample(Double($0) / 30, perMetre: 0.1, at: SIMD2(-0.4, 0.2)) })
        for (a, b) in zip(near, far) {
            for joint in 0..<MotionSample.jointCount {
                let base = joint * LiftingFeatures.channels
                expectClose(Array(a[base..<base + 11]), Array(b[base..<base + 11]), tolerance: 1e-4)
            }
        }
    }

    @Test("a joint out of sight holds its place and is told to be unseen")
    func outOfSight() {
        let hidden: UInt16 = ~(1 << UInt16(Joint.leftWrist))
        let seen = frames([
            sample(0, perMetre: 0.4, at: .zero), sample(0.033, perMetre: 0.4, at: SIMD2(0.05, 0), seen: hidden),
        ])
        let base = Joint.leftWrist * LiftingFeatures.channels
        #expect(seen[0][base + 6] == 1 && seen[1][base + 6] == 0)
        expectClose([seen[1][base], seen[1][base + 1]], [seen[0][base], seen[0][base + 1]], tolerance: 1e-6)
    }

    @Test("samples of poses with nothing but points in the picture have no hints; hints are from the pelvis")
    func samples() {
        let topology = SkeletonTopology.blazePose33
        let keypoints = topology.jointNames.indices.map { index -> Keypoint? in
            Keypoint(x: 0.4 + 0.005 * Float(index), y: 0.3 + 0.01 * Float(index))
        }
        let world = topology.jointNames.indices.map { index -> SIMD3<Float>? in
            SIMD3(0.1 * Float(index % 5), 0.02 * Float(index), 0.3)
        }
        let sampler = FlatSampler(topology: topology)
        let flat = sampler.sample(Pose(topology: topology, keypoints: keypoints), at: 1, aspectRatio: 1.5)
        #expect(flat.hinted == 0 && flat.seen == .max)
        let full = sampler.sample(
            Pose(topology: topology, keypoints: keypoints, worldPoints: world), at: 1, aspectRatio: 1.5)
        #expect(full.hinted == .max)
        #expect(full.hint[Joint.pelvis] == .zero)
        for joint in 0..<MotionSample.jointCount { #expect(full.image[joint] == flat.image[joint]) }
    }
}
