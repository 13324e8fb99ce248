import Foundation
import MotionRules
import Puppet
import Randomness
import Skeleton

/// Puppet performances as skeleton frames, and the shipped exercises that count them.
enum Performance {
    static let folder = Checkout.gestures

    static func counter() throws -> RepetitionCounter {
        RepetitionCounter(exercises: try MotionRuleSet(folder: folder).exercises)
    }

    /// A second of rest in the last posture follows the performance.
    ///
    /// - Parameter pace: how many times as fast as performed it is played.
    static func frames(
        _ kind: PuppetKind, repetitions: Int = 4, azimuth: Float = 0.5, rate: Double = 30, pace: Double = 1,
        noise: BlazePoseNoise = .none, style: PuppetStyle = .clear, mirrored: Bool = false, track: Int = 1, seed: UInt64
    ) -> [SkeletonFrame] {
        let performance = PuppetPerformance(
            kind, style: style, length: .repetitions(repetitions), mirrored: mirrored, seed: seed)
        let view = PuppetView(azimuth: mirrored ? -azimuth : azimuth)
        let camera = view.camera(aim: performance.skeleton(at: 0).pelvis.y + 0.05)
        let count = Int((performance.duration / pace + 1) * rate)
        let poses = (0..<count).map { index in
            let time = min(performance.duration, Double(index) / rate * pace)
            return camera.pose(
                of: performance.skeleton(at: time).placed(at: .zero, heading: performance.turn(at: time)))
        }
        var random = SplitMix64(seed: seed)
        return noise.applied(to: poses, frameRate: rate, using: &random).enumerated().map { index, pose in
            SkeletonFrame(
                camera: "stage", index: index, presentationTime: .seconds(Double(index) / rate),
                aspectRatio: view.aspectRatio, people: [TrackedPose(track: TrackID(track), pose: pose)])
        }
    }

    static func count(_ frames: [SkeletonFrame]) throws -> [Repetition] {
        var counter = try counter()
        return frames.flatMap { counter.update($0) }
    }
}
