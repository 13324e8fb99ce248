import Lifting
import ModelStore
import PoseEstimation
import Skeleton
import Training

/// Films drawn of known motions, and what the pose networks and a lifting network make of them.
struct DrawnFilmTrial {
    private(set) var given = LiftingScore()
    private(set) var lifted = LiftingScore()
    private(set) var liftedFromPicture = LiftingScore()
    /// Of each joint from the picture alone: how often it was, how often within its deviation, and within twice that.
    private(set) var calibration = [SIMD3<Double>](repeating: .zero, count: MotionSample.jointCount)

    /// Not scored: networks are still finding the person.
    private static let lead = 10

    private let lifter: PoseLifter
    private let modelFolder: String
    private let sampler = FlatSampler(topology: .blazePose33)

    /// - Throws: when the pose weights are not installed.
    init(_ network: LiftingNetwork) throws {
        lifter = PoseLifter(network)
        modelFolder = try ModelFolder.requirePoseWeights()
    }

    /// Draws a part of one of the motions as a camera sees it, and takes what is found in it.
    mutating func watch(_ motions: [LiftingMotion], number: Int) throws {
        let film = DrawnFilm(of: motions, seed: 815, number: number)
        let memories = [lifter.makeMemory(), lifter.makeMemory()]
        try film.show(to: PoseEstimator(modelFolder: modelFolder)) { frame, pose, truth, time in
            score(pose, truth: truth, film, at: time, frame, memories)
        }
        given.breakOff()
        lifted.breakOff()
        liftedFromPicture.breakOff()
    }

    private mutating func score(
        _ pose: Pose, truth: InlineArray<16, SIMD3<Float>>, _ film: DrawnFilm, at time: Double, _ frame: Int,
        _ memories: [PoseLifter.Memory]
    ) {
        let sample = sampler.sample(pose, at: time, aspectRatio: film.aspectRatio)
        var bare = sample
        bare.hinted = 0
        var found: [LiftedPose?] = [nil, nil]
        lifter.lift([sample, bare], memories: memories) { found[$0] = $1 }
        guard frame >= Self.lead, sample.seen.nonzeroBitCount > MotionSample.jointCount / 2, let whole = found[0],
            let flat = found[1]
        else { return }
        let exact = Self.list(truth)
        lifted.add(Self.list(whole.points), truth: exact, time: time)
        liftedFromPicture.add(Self.list(flat.points), truth: exact, time: time)
        given.add(Self.list(film.joints(pose, at: time)), truth: exact, time: time)
        for joint in 1..<MotionSample.jointCount {
            let way = flat.points[joint] - truth[joint]
            let distance = (way * way).sum().squareRoot()
            calibration[joint] += SIMD3(
                1, distance <= flat.deviation[joint] ? 1 : 0, distance <= 2 * flat.deviation[joint] ? 1 : 0)
        }
    }

    /// All joints but the pelvis.
    private static func list(_ points: InlineArray<16, SIMD3<Float>>) -> [SIMD3<Float>] {
        (1..<MotionSample.jointCount).map { points[$0] }
    }
}
