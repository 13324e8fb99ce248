import Foundation
import Inference
import Recognition
import Skeleton
import TestSupport
import Testing

struct ClipFeaturesTests {
    private static let frames = 12

    /// A body of average build that swings its limbs, facing the camera.
    private static func motion(seed: UInt64) -> [MotionSample] {
        let rest: [SIMD3<Float>] = [
            [0, 0, 0], [0, -0.25, 0], [0, -0.5, 0], [0, -0.7, 0], [0.18, -0.48, 0], [0.24, -0.2, 0], [0.26, 0.05, 0],
            [-0.18, -0.48, 0], [-0.24, -0.2, 0], [-0.26, 0.05, 0], [0.1, 0, 0], [0.11, 0.4, 0], [0.11, 0.8, 0],
            [-0.1, 0, 0], [-0.11, 0.4, 0], [-0.11, 0.8, 0],
        ]
        var stream = NumberStream(seed: seed)
        let swing = rest.map { _ in SIMD3(stream.normal(), stream.normal(), stream.normal()) * 0.05 }
        return (0..<frames).map { frame in
            let phase = sin(Float(frame) * 0.6)
            return MotionSample(
                time: Double(frame) / 15, points: zip(rest, swing).map { $0 + $1 * phase },
                root: .image(SIMD2(0.5 + 0.01 * Float(frame), 0.5), perMetre: 0.3))
        }
    }

    private static func features(_ samples: [MotionSample], _ normalisation: PoseNormalisation = .init()) -> [Float] {
        var target = [Float](repeating: .nan, count: ClipFeatures.channels * samples.count * 16)
        target.withUnsafeMutableBufferPointer {
            ClipFeatures(normalisation: normalisation).write(samples, clip: 0, of: 1, into: $0)
        }
        return target
    }

    private static func mapped(
        _ samples: [MotionSample], _ change: (SIMD3<Float>) -> SIMD3<Float>
    ) -> [MotionSample] {
        samples.map { sample in
            var sample = sample
            for joint in 0..<16 { sample.points[joint] = change(sample.points[joint]) }
            return sample
        }
    }

    @Test("where the body is and how large it is make no difference", arguments: [UInt64(1), 2, 3])
    func placeAndSize(seed: UInt64) {
        let motion = Self.motion(seed: seed)
        let normalisation = PoseNormalisation(heading: .clip, root: .none)
        expectClose(
            Self.features(Self.mapped(motion) { $0 * 1.7 + SIMD3(2, -1, 4) }, normalisation),
            Self.features(motion, normalisation), tolerance: 2e-4)
    }

    @Test("which way the body faces makes no difference", arguments: [Float(-2.5), -0.4, 1, 3])
    func heading(angle: Float) {
        let motion = Self.motion(seed: 4)
        let turned = Self.mapped(motion) { p in
            SIMD3(cos(angle) * p.x + sin(angle) * p.z, p.y, cos(angle) * p.z - sin(angle) * p.x)
        }
        let normalisation = PoseNormalisation(heading: .clip, root: .none)
        expectClose(Self.features(turned, normalisation), Self.features(motion, normalisation), tolerance: 2e-4)
        #expect(Self.features(turned, .init(heading: .none)) != Self.features(motion, .init(heading: .none)))
    }

    @Test("a movement twice as fast has twice the velocity and the same places")
    func speed() {
        let motion = Self.motion(seed: 5)
        let fast = motion.map { sample in
            var sample = sample
            sample.time /= 2
            return sample
        }
        let (slowly, quickly) = (Self.features(motion), Self.features(fast))
        let row = Self.frames * 16
        expectClose(Array(quickly[..<(6 * row)]), Array(slowly[..<(6 * row)]), tolerance: 1e-5)
        expectClose(
            Array(quickly[(6 * row)..<(9 * row)]), slowly[(6 * row)..<(9 * row)].map { 2 * $0 }, tolerance: 1e-3)
    }

    @Test("an unseen joint is marked, and holds the place where it was last seen")
    func unseenJoints() {
        var motion = Self.motion(seed: 6)
        for frame in 6..<Self.frames {
            motion[frame].seen &= ~(1 << 9)
            motion[frame].points[9] = SIMD3(100, 100, 100)
        }
        let features = Self.features(motion)
        let row = Self.frames * 16
        for frame in 0..<Self.frames {
            #expect(features[9 * row + frame * 16 + 9] == (frame < 6 ? 1 : 0))
        }
        #expect(features[11 * 16 + 9] == features[5 * 16 + 9])
        #expect(features.allSatisfy { abs($0) < 50 })
    }

    @Test("a clip is written into its own place of a batch and nowhere else")
    func batches() {
        let motions = (0..<3).map { Self.motion(seed: 10 + $0) }
        let row = Self.frames * 16
        var batch = [Float](repeating: .nan, count: ClipFeatures.channels * 3 * row)
        batch.withUnsafeMutableBufferPointer { target in
            for (clip, motion) in motions.enumerated() {
                ClipFeatures(normalisation: .init()).write(motion, clip: clip, of: 3, into: target)
            }
        }
        for (clip, motion) in motions.enumerated() {
            let alone = Self.features(motion)
            var found: [Float] = []
            for channel in 0..<ClipFeatures.channels {
                let first = (channel * 3 + clip) * row
                found += batch[first..<first + row]
            }
            #expect(found == alone)
        }
    }

    @Test("poses of nothing but unseen joints, or of joints in one point, give finite numbers")
    func degenerate() {
        let nothing = (0..<4).map { MotionSample(time: Double($0), points: [SIMD3<Float>?](repeating: nil, count: 16)) }
        let point = (0..<4).map { MotionSample(time: Double($0), points: [SIMD3<Float>?](repeating: .one, count: 16)) }
        #expect(Self.features(nothing).allSatisfy { $0.isFinite })
        #expect(Self.features(point).allSatisfy { $0.isFinite })
    }

    @Test("resampling meets the samples at their own times and runs straight between them")
    func resampling() {
        let motion = Self.motion(seed: 7)
        let same = MotionResampling.resample(motion, at: motion.map(\.time))
        for (a, b) in zip(same, motion) {
            #expect(abs(a.points[6].y - b.points[6].y) < 1e-6 && a.seen == b.seen)
        }
        let middle = MotionResampling.resample(motion, at: [1.5 / 15])
        let halfway = (motion[1].points[6].x + motion[2].points[6].x) / 2
        #expect(abs(middle[0].points[6].x - halfway) < 1e-5)
        let before = MotionResampling.resample(motion, at: [-0.5])
        #expect(before[0].seen == 0)
    }

    @Test("joints outside the picture count as not seen")
    func outsideThePicture() {
        let points = [SIMD3<Float>?](repeating: [0.1, 0.2, 0.3], count: 33)
        var keypoints = [Keypoint?](repeating: Keypoint(x: 0.5, y: 0.5), count: 33)
        keypoints[27] = Keypoint(x: 0.5, y: 1.3)
        let pose = Pose(topology: .blazePose33, keypoints: keypoints, worldPoints: points)
        let sample = MotionSampler(topology: .blazePose33).sample(pose, at: 0, aspectRatio: 1.5)
        #expect(!sample.isSeen(12) && sample.isSeen(15) && sample.isSeen(0))
    }
}
