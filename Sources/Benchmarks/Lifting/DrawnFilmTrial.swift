import Imaging
import Lifting
import ModelStore
import PoseEstimation
import Puppet
import Randomness
import Skeleton
import Training

/// Films drawn of known motions, and what the pose networks and a lifting network make of them.
struct DrawnFilmTrial {
    private(set) var given = LiftingScore()
    private(set) var lifted = LiftingScore()
    private(set) var liftedFromPicture = LiftingScore()

    private static let frames = 90
    /// Not scored: networks are still finding the person.
    private static let lead = 10
    private static let height = 480

    private let lifter: PoseLifter
    private let modelFolder: String
    private let sampler = FlatSampler(topology: .blazePose33)
    private let judge = MotionSampler(topology: .blazePose33)

    /// - Throws: when the pose weights are not installed.
    init(_ network: LiftingNetwork) throws {
        lifter = PoseLifter(network)
        modelFolder = try ModelFolder.requirePoseWeights()
    }

    /// Draws a part of one of the motions as a camera sees it, and takes what is found in it.
    mutating func watch(_ motions: [LiftingMotion], number: Int) throws {
        var stream = SplitMix64(seed: 815, index: UInt64(number))
        let motion = motions[Int(stream.next() % UInt64(motions.count))].skeletons
        let first = Int(stream.unit() * Float(max(1, motion.count - Self.frames)))
        let skeletons = Array(motion[first..<min(first + Self.frames, motion.count)])
        let camera = LiftingBatches.camera(at: skeletons, settings: LiftingSettings(), using: &stream)
        var random = SplitMix64(seed: stream.next())
        let (body, look) = (PuppetBody(using: &random), PuppetLook(using: &random))
        let painter = PuppetPainter(
            camera: camera, width: Int(Float(Self.height) * camera.aspectRatio), height: Self.height)
        let room = PuppetScene(
            name: "room", camera: camera, width: painter.width, height: painter.height, frameRate: 1, duration: 1,
            actors: []
        ).picture(at: 0)
        var estimator = try PoseEstimator(modelFolder: modelFolder)
        let memories = [lifter.makeMemory(), lifter.makeMemory()]
        for (frame, skeleton) in skeletons.enumerated() {
            var picture = room
            painter.draw([PuppetAppearance(skeleton: skeleton, body: body, look: look)], on: &picture)
            let time = Double(frame) / LiftingMotion.rate
            let poses = try estimator.estimate(.interleaved(picture), at: .microseconds(Int64(time * 1e6)))
            guard let pose = poses.max(by: { $0.score < $1.score }) else { continue }
            let truth = joints(painter.camera.pose(of: skeleton), at: time)
            score(pose, truth: truth, aspectRatio: painter.camera.aspectRatio, at: time, frame, memories)
        }
        given.breakOff()
        lifted.breakOff()
        liftedFromPicture.breakOff()
    }

    private mutating func score(
        _ pose: Pose, truth: [SIMD3<Float>], aspectRatio: Float, at time: Double, _ frame: Int,
        _ memories: [PoseLifter.Memory]
    ) {
        let sample = sampler.sample(pose, at: time, aspectRatio: aspectRatio)
        var bare = sample
        bare.hinted = 0
        var found: [[SIMD3<Float>]] = [[], []]
        lifter.lift([sample, bare], memories: memories) { way, pose in
            found[way] = (1..<MotionSample.jointCount).map { pose.points[$0] }
        }
        guard frame >= Self.lead, sample.seen.nonzeroBitCount > MotionSample.jointCount / 2 else { return }
        lifted.add(found[0], truth: truth, time: time)
        liftedFromPicture.add(found[1], truth: truth, time: time)
        given.add(joints(pose, at: time), truth: truth, time: time)
    }

    /// The common joints but the pelvis, from it, whether seen or guessed.
    private func joints(_ pose: Pose, at time: Double) -> [SIMD3<Float>] {
        let points = judge.sample(
            Pose(topology: .blazePose33, worldPoints: pose.worldPoints), at: time, aspectRatio: nil
        ).points
        return (1..<MotionSample.jointCount).map { points[$0] - points[MotionSample.Joint.pelvis] }
    }
}
