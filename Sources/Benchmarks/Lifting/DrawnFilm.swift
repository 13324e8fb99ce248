import Imaging
import Lifting
import PoseEstimation
import Puppet
import Randomness
import Skeleton
import Training

/// A part of a known motion, drawn as a random camera sees it and shown to the pose networks.
struct DrawnFilm {
    private static let frames = 90
    private static let height = 480

    private let skeletons: [PuppetSkeleton]
    private let painter: PuppetPainter
    private let appearance: (body: PuppetBody, look: PuppetLook)
    private let judge = MotionSampler(topology: .blazePose33)

    init(of motions: [LiftingMotion], seed: UInt64, number: Int) {
        var stream = SplitMix64(seed: seed, index: UInt64(number))
        let motion = motions[Int(stream.next() % UInt64(motions.count))].skeletons
        let first = Int(stream.unit() * Float(max(1, motion.count - Self.frames)))
        skeletons = Array(motion[first..<min(first + Self.frames, motion.count)])
        let camera = LiftingBatches.camera(at: skeletons, settings: LiftingSettings(), using: &stream)
        var random = SplitMix64(seed: stream.next())
        appearance = (PuppetBody(using: &random), PuppetLook(using: &random))
        painter = PuppetPainter(
            camera: camera, width: Int(Float(Self.height) * camera.aspectRatio), height: Self.height)
    }

    var aspectRatio: Float { painter.camera.aspectRatio }

    /// Shows it frame by frame.
    ///
    /// - Parameter read: receives the number of the frame, the pose found, the true common joints from the pelvis, and
    ///   the time in seconds; not called for frames in which nobody was found.
    func show(
        to estimator: consuming PoseEstimator,
        read: (_ frame: Int, _ pose: Pose, _ truth: InlineArray<16, SIMD3<Float>>, _ time: Double) -> Void
    ) throws {
        var estimator = estimator
        let room = PuppetScene(
            name: "room", camera: painter.camera, width: painter.width, height: painter.height, frameRate: 1,
            duration: 1, actors: []
        ).picture(at: 0)
        for (frame, skeleton) in skeletons.enumerated() {
            var picture = room
            painter.draw(
                [PuppetAppearance(skeleton: skeleton, body: appearance.body, look: appearance.look)], on: &picture)
            let time = Double(frame) / LiftingMotion.rate
            let poses = try estimator.estimate(.interleaved(picture), at: .microseconds(Int64(time * 1e6)))
            guard let pose = poses.max(by: { $0.score < $1.score }) else { continue }
            read(frame, pose, joints(painter.camera.pose(of: skeleton), at: time), time)
        }
    }

    /// The common joints from the pelvis, whether seen or guessed.
    func joints(_ pose: Pose, at time: Double) -> InlineArray<16, SIMD3<Float>> {
        let points = judge.sample(
            Pose(topology: .blazePose33, worldPoints: pose.worldPoints), at: time, aspectRatio: nil
        ).points
        return InlineArray { points[$0] - points[MotionSample.Joint.pelvis] }
    }
}
