import Foundation
import Randomness
package import Skeleton

/// Consecutive poses of somebody doing one thing, as BlazePose would give them: training material.
///
/// The same kind, counts and seed give the same clip.
package struct PuppetClip: Sendable {
    package let kind: PuppetKind
    package let frameRate: Double
    /// Poses in `blazePose33` with keypoints and world points.
    package let poses: [Pose]
    /// The true poses before BlazePose's errors.
    package let groundTruth: [Pose]
    /// What happens once, or again and again, in seconds from the first pose; some may lie outside the clip.
    package let repetitions: [ClosedRange<Double>]

    /// - Parameters:
    ///   - frames: how many poses.
    ///   - frameRate: poses per second.
    ///   - noise: BlazePose's errors; each clip draws its own strength between half and one and a half of it.
    ///   - view: drawn at random when nil.
    ///   - isBroad: draws rarer manners too, as training needs them.
    ///   - form: what `nothing` is; drawn at random when nil.
    ///   - swings: so many repetitions from rest to rest, in at most so many frames; nil for as many as fill the frames.
    package init(
        _ kind: PuppetKind, frames: Int, frameRate: Double, noise: BlazePoseNoise = BlazePoseNoise(),
        view: PuppetView? = nil, isBroad: Bool = false, form: NothingForm? = nil, swings: Int? = nil, seed: UInt64
    ) {
        precondition(frames > 0 && frameRate > 0, "a clip has frames at a rate")
        var random = SplitMix64(seed: seed)
        let span = Double(frames) / frameRate
        let drawnLead = Double(random.uniform(0, 2.5))
        let lead = kind.happensOnce || swings != nil ? 0 : drawnLead
        let performance = PuppetPerformance(
            kind, length: swings.map { .repetitions($0) } ?? .seconds(lead + span), isBroad: isBroad, form: form,
            seed: random.next())
        let drawnView = PuppetView(using: &random)
        var view = view ?? drawnView
        // Movements of the arms are often seen by a camera on a desk, with the legs below the picture.
        let isNear = random.chance(0.2) && (kind.isSeenNear || isBroad && kind == .jumpingJack)
        if isNear { view.distance = random.uniform(1.1, 1.9) }
        let strength = random.uniform(0.5, 1.5)
        let frames = swings == nil ? frames : max(1, min(frames, Int(performance.duration * frameRate) + 1))
        let offset = swings == nil ? lead + min(0, performance.duration - lead - span) : 0
        let camera = view.camera(aim: performance.skeleton(at: offset).pelvis.y + (isNear ? 0.35 : 0.05))
        var truth: [Pose] = []
        truth.reserveCapacity(frames)
        for frame in 0..<frames {
            let time = offset + Double(frame) / frameRate
            let skeleton = performance.skeleton(at: time).placed(at: .zero, heading: performance.turn(at: time))
            truth.append(camera.pose(of: skeleton))
        }
        self.kind = kind
        self.frameRate = frameRate
        self.groundTruth = truth
        repetitions = performance.repetitions.map { $0.start - offset...$0.end - offset }
        poses = noise.scaled(by: strength).applied(to: truth, frameRate: frameRate, using: &random)
    }
}

extension PuppetKind {
    /// Whether there is nothing to repeat.
    package var happensOnce: Bool { self == .fall || self == .getUp }

    /// Whether the upper body tells the kind.
    var isSeenNear: Bool {
        switch self {
        case .stand, .armRaise, .armsSideways, .wave, .clap, .punch, .nothing: true
        default: false
        }
    }
}
