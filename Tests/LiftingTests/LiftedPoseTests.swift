import Foundation
import Lifting
import Randomness
import Skeleton
import TestSupport
import Testing

/// The network that ships, on a body that stands and raises an arm.
struct LiftedPoseTests {
    private static let models = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().appending(path: "Models")

    private static let standing: [SIMD2<Float>] = [
        SIMD2(0, 0), SIMD2(0, -0.25), SIMD2(0, -0.5), SIMD2(0, -0.7), SIMD2(0.18, -0.5), SIMD2(0.2, -0.23),
        SIMD2(0.2, 0.02), SIMD2(-0.18, -0.5), SIMD2(-0.2, -0.23), SIMD2(-0.2, 0.02), SIMD2(0.1, 0), SIMD2(0.1, 0.41),
        SIMD2(0.1, 0.82), SIMD2(-0.1, 0), SIMD2(-0.1, 0.41), SIMD2(-0.1, 0.82),
    ]

    /// The left arm goes up in two seconds.
    private func samples(perMetre: Float = 0.4, at place: SIMD2<Float> = .zero) -> [FlatSample] {
        (0..<60).map { frame in
            var body = Self.standing
            let angle = Float(frame) / 60 * .pi
            body[5] = body[4] + 0.27 * SIMD2(sin(angle), cos(angle))
            body[6] = body[5] + 0.25 * SIMD2(sin(angle), cos(angle))
            return FlatSample(
                time: Double(frame) / 30, image: InlineArray { body[$0] * perMetre + place }, seen: .max)
        }
    }

    private func lifted(_ samples: [FlatSample]) throws -> [LiftedPose] {
        let lifter = PoseLifter(try LiftingNetwork(folder: Self.models.appending(path: "lifting").path))
        let memory = lifter.makeMemory()
        var poses: [LiftedPose] = []
        for sample in samples { lifter.lift([sample], memories: [memory]) { poses.append($1) } }
        return poses
    }

    private func distance(_ a: SIMD3<Float>, _ b: SIMD3<Float>) -> Float { ((a - b) * (a - b)).sum().squareRoot() }

    @Test("a sample seen in a mirror twice is itself")
    func mirrorTwice() {
        for sample in samples() {
            let twice = sample.mirrored.mirrored
            for joint in 0..<16 { #expect(twice.image[joint] == sample.image[joint]) }
            #expect(twice.seen == sample.seen)
        }
    }

    @Test("a pose seen in a mirror is lifted to the mirrored pose, within a decimetre")
    func mirrored() throws {
        let (plain, mirrored) = (try lifted(samples()), try lifted(samples().map(\.mirrored)))
        for (a, b) in zip(plain, mirrored) {
            let mean = (0..<16).reduce(Float(0)) { sum, joint in
                let point = b.points[FlatSample.twins[joint]]
                return sum + distance(a.points[joint], SIMD3(-point.x, point.y, point.z)) / 16
            }
            #expect(mean < 0.1)
        }
    }

    @Test("where in the picture and how large somebody is changes what is lifted by less than a decimetre")
    func placeAndSize() throws {
        let near = try lifted(samples(perMetre: 0.45))
        let far = try lifted(samples(perMetre: 0.2, at: SIMD2(0.2, 0.05)))
        for (a, b) in zip(near, far) {
            let mean = (0..<16).reduce(Float(0)) { $0 + distance(a.points[$1], b.points[$1]) / 16 }
            #expect(mean < 0.1)
        }
    }

    @Test("every joint of every topology that is in the picture gets a place")
    func completion() throws {
        let sample = samples()[0]
        let pose = try #require(try lifted([sample]).first)
        for topology in [SkeletonTopology.coco17, .openPose25, .blazePose33, .halpe26] {
            let keypoints = [Keypoint?](repeating: Keypoint(x: 0.5, y: 0.25, visibility: 1), count: topology.count)
            let points = PoseCompletion(topology: topology).worldPoints(
                of: Pose(topology: topology, keypoints: keypoints), lifted: pose, sample: sample, aspectRatio: 1,
                perMetre: 1)
            #expect(points.count == topology.count)
            let found = points.count { $0 != nil }
            #expect(found >= 13, "\(topology.name)")
        }
    }
}
