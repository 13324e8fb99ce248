import Puppet
import Randomness
import Skeleton
import TestSupport
import Testing

@Suite("BlazePose's errors")
struct BlazePoseNoiseTests {
    private func truth(_ kind: PuppetKind = .squat, seed: UInt64 = 1, frames: Int = 90) -> [Pose] {
        PuppetClip(kind, frames: frames, frameRate: 30, noise: .none, seed: seed).groundTruth
    }

    private func seen(_ poses: [Pose], _ noise: BlazePoseNoise, seed: UInt64 = 7) -> [Pose] {
        var random = SplitMix64(seed: seed)
        return noise.applied(to: poses, frameRate: 30, using: &random)
    }

    @Test("without errors the truth stays the truth")
    func noneChangesNothing() {
        let poses = truth()
        for (before, after) in zip(poses, seen(poses, .none)) {
            for (a, b) in zip(before.worldPoints, after.worldPoints) { #expect(distance(a!, b!) < 1e-4) }
            for (a, b) in zip(before.keypoints, after.keypoints) {
                #expect(abs(a!.x - b!.x) < 1e-4 && abs(a!.y - b!.y) < 1e-4)
            }
        }
    }

    @Test("the same seed errs in the same way")
    func seedSettlesErrors() {
        let poses = truth()
        #expect(seen(poses, BlazePoseNoise()) == seen(poses, BlazePoseNoise()))
        #expect(seen(poses, BlazePoseNoise()) != seen(poses, BlazePoseNoise(), seed: 8))
    }

    @Test("depth errs more than the picture's plane, and hands more than hips")
    func errorsAreUneven() {
        var across: Float = 0
        var along: Float = 0
        var wrists: Float = 0
        var shoulders: Float = 0
        for seed in 1...12 as ClosedRange<UInt64> {
            let poses = truth(.armRaise, seed: seed, frames: 60)
            for (before, after) in zip(poses, seen(poses, BlazePoseNoise(), seed: seed)) {
                for joint in 11..<33 {
                    let error = after.worldPoints[joint]! - before.worldPoints[joint]!
                    across += (abs(error.x) + abs(error.y)) / 2
                    along += abs(error.z)
                    if joint == 15 || joint == 16 { wrists += distance(error, .zero) }
                    if joint == 11 || joint == 12 { shoulders += distance(error, .zero) }
                }
            }
        }
        #expect(along > 1.3 * across)
        #expect(wrists > 1.2 * shoulders)
    }

    @Test("errors go on from frame to frame instead of jumping")
    func errorsAreCorrelated() {
        var noise = BlazePoseNoise()
        noise.cutOff = .infinity
        noise.swapRate = 0
        let poses = truth(.stand, frames: 300)
        let errors = zip(poses, seen(poses, noise)).map { $1.worldPoints[15]! - $0.worldPoints[15]! }
        let mean = errors.reduce(SIMD3<Float>.zero, +) / Float(errors.count)
        var variance: Float = 0
        var lagged: Float = 0
        for frame in 1..<errors.count {
            let now = errors[frame] - mean
            variance += (now * now).sum()
            lagged += (now * (errors[frame - 1] - mean)).sum()
        }
        #expect(lagged > 0.6 * variance)
        #expect(lagged < 0.999 * variance)
    }

    @Test("legs below the picture are guessed to hang, and are not said to be seen")
    func legsAreGuessed() {
        let performance = PuppetPerformance(.squat, style: .clear, length: .repetitions(1), seed: 3)
        let bottom = performance.skeleton(at: performance.repetitions[0].turnStart)
        let camera = PuppetCamera(azimuth: 0.6, distance: 1.5, height: 1.4, aim: 1.35)
        let truth = Array(repeating: camera.pose(of: bottom), count: 5)
        #expect(truth[0].keypoints[25]!.y > 1.1)
        var noise = BlazePoseNoise.none
        let honest = seen(truth, noise)[4].worldPoints[27]!
        noise.guessesLegs = true
        let pose = seen(truth, noise)[4]
        #expect(pose.worldPoints[27]!.y > honest.y + 0.2)
        #expect(pose.keypoints[27]!.visibility < 0.2)
    }

    @Test("bones get BlazePose's lengths")
    func proportionsAreFitted() {
        var noise = BlazePoseNoise.none
        noise.proportions = .reference
        let poses = truth(.walk, frames: 5)
        for (before, after) in zip(poses, seen(poses, noise)) {
            func ratio(_ a: Int, _ b: Int) -> Float {
                distance(after.worldPoints[a]!, after.worldPoints[b]!)
                    / distance(before.worldPoints[a]!, before.worldPoints[b]!)
            }
            expectClose(
                [
                    ratio(11, 12), ratio(23, 24), ratio(11, 13), ratio(14, 16), ratio(23, 25), ratio(26, 28),
                    ratio(16, 20),
                ],
                [1, 1.06, 1, 1.03, 0.93, 0.93, 1], tolerance: 1e-3)
        }
    }

    @Test("poses stay hip-centred and visibilities stay within 0 and 1")
    func posesStayLegal() {
        for kind in [PuppetKind.walk, .pushUp, .nothing] {
            let poses = truth(kind)
            for pose in seen(poses, BlazePoseNoise().scaled(by: 3)) {
                let hips = (pose.worldPoints[23]! + pose.worldPoints[24]!) / 2
                #expect(distance(hips, .zero) < 0.03)
                #expect(pose.keypoints.allSatisfy { (0...1).contains($0!.visibility) })
            }
        }
    }

    @Test("a clip follows its seed and is full of numbers")
    func clips() {
        for kind in PuppetKind.allCases {
            let clip = PuppetClip(kind, frames: 20, frameRate: 10, seed: 5)
            let points = clip.poses.flatMap(\.worldPoints).compactMap { $0 }
            #expect(clip.poses.count == 20 && points.count == 20 * 33)
            #expect(clip.poses == PuppetClip(kind, frames: 20, frameRate: 10, seed: 5).poses)
            #expect(points.allSatisfy { $0.x.isFinite && $0.y.isFinite && $0.z.isFinite && distance($0, .zero) < 2 })
        }
    }
}
