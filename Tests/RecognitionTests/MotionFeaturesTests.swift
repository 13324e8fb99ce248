import Inference
import Randomness
import Recognition
import Skeleton
import TestSupport
import Testing

struct MotionFeaturesTests {
    private static let size = 16 * MotionFeatures.channels

    /// Somebody who moves at random, out of sight in parts now and then.
    static func motion(seed: UInt64, frames: Int = 30, rate: Double = 10) -> [MotionSample] {
        var stream = SplitMix64(seed: seed)
        let rest: [SIMD3<Float>] = [
            [0, 0, 0], [0, -0.25, 0], [0, -0.5, 0], [0, -0.7, 0], [0.18, -0.48, 0], [0.24, -0.2, 0], [0.26, 0.05, 0],
            [-0.18, -0.48, 0], [-0.24, -0.2, 0], [-0.26, 0.05, 0], [0.1, 0, 0], [0.11, 0.4, 0], [0.11, 0.8, 0],
            [-0.1, 0, 0], [-0.11, 0.4, 0], [-0.11, 0.8, 0],
        ]
        var drift = rest.map { _ in SIMD3<Float>.zero }
        return (0..<frames).map { frame in
            for joint in 1..<16 {
                drift[joint] += SIMD3(stream.normal(), stream.normal(), stream.normal()) * 0.02
            }
            var points = zip(rest, drift).map { SIMD3<Float>?($0 + $1) }
            if stream.chance(0.2) { points[Int(stream.unit() * 16)] = nil }
            return MotionSample(
                time: Double(frame) / rate, points: points,
                root: .image(SIMD2(0.5 + 0.01 * Float(frame), 0.5), perMetre: 0.3))
        }
    }

    private static func frames(
        _ samples: [MotionSample], _ normalisation: PoseNormalisation = .init()
    ) -> [[Float]] {
        var features = MotionFeatures(normalisation: normalisation, period: 0.1)
        return samples.map { sample in
            var frame = [Float](repeating: .nan, count: size)
            frame.withUnsafeMutableBufferPointer { features.next(sample, into: $0) }
            return frame
        }
    }

    @Test("what comes later changes nothing of what was seen before", arguments: [UInt64(1), 2, 3])
    func causality(seed: UInt64) {
        let motion = Self.motion(seed: seed)
        let other = Array(motion[..<12] + Self.motion(seed: seed + 100)[12...])
        let (one, two) = (Self.frames(motion), Self.frames(other))
        #expect(one[..<12] == two[..<12])
        #expect(one[12...] != two[12...])
    }

    @Test("where the body is, how large it is and which way it faces make no difference", arguments: [UInt64(4), 5])
    func invariance(seed: UInt64) {
        let motion = Self.motion(seed: seed)
        let (c, s) = (Float(0.6), Float(0.8))
        let changed = motion.map { sample in
            var sample = sample
            for joint in 0..<16 where sample.isSeen(joint) {
                let p = sample.points[joint]
                sample.points[joint] = SIMD3(c * p.x + s * p.z, p.y, c * p.z - s * p.x) * 1.7 + SIMD3(3, -1, 2)
            }
            return sample
        }
        let normalisation = PoseNormalisation(heading: .clip, root: .none)
        for (a, b) in zip(Self.frames(motion, normalisation), Self.frames(changed, normalisation)) {
            expectClose(a, b, tolerance: 2e-3)
        }
    }

    @Test("a joint out of sight holds its place, is marked and does not move")
    func unseenJoints() {
        var motion = Self.motion(seed: 6).map { sample in
            var sample = sample
            sample.seen = .max
            return sample
        }
        for index in 10..<15 {
            motion[index].seen &= ~(1 << 9)
            motion[index].points[9] = SIMD3(100, 100, 100)
        }
        let base = 9 * MotionFeatures.channels
        for (index, frame) in Self.frames(motion, .init(heading: .none)).enumerated() {
            let isHidden = 10..<15 ~= index
            #expect(frame[base + 9] == (isHidden ? 0 : 1))
            if 10...15 ~= index { #expect(frame[base + 6..<base + 9].allSatisfy { $0 == 0 }) }
            #expect(frame.allSatisfy { abs($0) < 50 })
        }
    }

    @Test("a frame is standardised channel by channel, and what is unseen is hidden")
    func standardisation() {
        let count = Self.size
        let standardisation = FeatureStandardisation(
            mean: (0..<count).map { Float($0 % 5) * 0.1 }, scale: (0..<count).map { Float($0 % 3) + 1 })
        let frame = Self.frames(Self.motion(seed: 7, frames: 12))[11]
        var standardised = frame
        standardised.withUnsafeMutableBufferPointer { standardisation.apply(toFrame: $0) }
        let channels = MotionFeatures.channels
        for joint in 0..<16 {
            let seen = frame[joint * channels + MotionFeatures.seenChannel]
            for channel in 0..<channels {
                let (at, row) = (joint * channels + channel, channel * 16 + joint)
                let value = (frame[at] - standardisation.mean[row]) * standardisation.scale[row]
                let isSeenChannel = channel == MotionFeatures.seenChannel
                #expect(standardised[at] == (isSeenChannel ? seen : max(-8, min(8, value)) * seen))
            }
        }
    }

    @Test("nothing but unseen joints, or joints in one point, give finite numbers")
    func degenerate() {
        let nothing = (0..<4).map { MotionSample(time: Double($0), points: [SIMD3<Float>?](repeating: nil, count: 16)) }
        let point = (0..<4).map { MotionSample(time: Double($0), points: [SIMD3<Float>?](repeating: .one, count: 16)) }
        #expect(Self.frames(nothing + point + nothing).allSatisfy { $0.allSatisfy(\.isFinite) })
    }

    @Test("a frame's features take no memory")
    func allocations() {
        let samples = Self.motion(seed: 8)
        var features = MotionFeatures(normalisation: .init(), period: 0.1)
        var frame = [Float](repeating: 0, count: Self.size)
        let standardisation = TinyModel.standardisation
        frame.withUnsafeMutableBufferPointer {
            features.next(samples[0], into: $0)
            standardisation.apply(toFrame: $0)
        }
        expectAllocations(of: "a frame's features") {
            for sample in samples {
                frame.withUnsafeMutableBufferPointer {
                    features.next(sample, into: $0)
                    standardisation.apply(toFrame: $0)
                }
            }
        }
    }
}
