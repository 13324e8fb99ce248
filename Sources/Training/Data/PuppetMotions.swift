import Foundation
import Inference
import Puppet
import Randomness
import Recognition
import Skeleton

/// Training clips of synthesised motion, one class for each kind of movement, seen through a camera with BlazePose's errors.
package enum PuppetMotions {
    /// Every kind there is.
    package static let labels = Set(PuppetKind.allCases.map(\.rawValue))

    /// - Parameters:
    ///   - clips: of each kind.
    ///   - seconds: of each clip.
    ///   - labels: the kinds that are made; all when nil.
    ///   - seed: the same seed gives the same clips.
    package static func make(clips: Int, seconds: Double, labels: Set<String>? = nil, seed: UInt64) -> [LabelledMotion]
    {
        PuppetKind.allCases.enumerated().flatMap { kindIndex, kind -> [LabelledMotion] in
            guard labels?.contains(kind.rawValue) ?? true else { return [] }
            return (0..<clips).compactMap { index in
                var stream = SplitMix64(seed: seed, index: UInt64(kindIndex * 1_000_003 + index))
                return motion(kind, index: index, seconds: seconds, using: &stream)
            }
        }
    }

    /// People who do nothing that has a name, nor pass through anything that has, a minute each: mostly they sit or are
    /// about on their feet, now and then they handle something, and some dance or exercise in other ways.
    package static func idling(hours: Double, seed: UInt64) -> [LabelledMotion] {
        let forms: [NothingForm] = [
            .sitting, .sitting, .sitting, .sitting, .standing, .standing, .handling, .handling, .lying, .dancing,
            .sitting, .sitting, .sitting, .sitting, .standing, .standing, .handling, .handling, .lying, .exercising,
        ]
        return (0..<max(1, Int((hours * 60).rounded()))).compactMap { index in
            var stream = SplitMix64(seed: seed, index: UInt64(index))
            return motion(.nothing, index: index, seconds: 60, form: forms[index % forms.count], using: &stream)
        }
    }

    private static func motion(
        _ kind: PuppetKind, index: Int, seconds: Double, form: NothingForm? = nil, using stream: inout SplitMix64
    ) -> LabelledMotion? {
        let rate = stream.chance(0.5) ? 15.0 : stream.chance(0.4) ? 10.0 : 30.0
        // What happens once is shown to its end.
        let frames = Int((kind.happensOnce ? max(seconds, 7) : seconds) * rate)
        // A short wave, or a few claps, from hanging arms and back.
        let swings = (kind == .wave || kind == .clap) && stream.chance(0.4) ? 1 + Int(4 * stream.unit()) : nil
        let poses: [Pose]
        let aspect: Float
        var areHandsHidden = false
        var happening: ClosedRange<Double>?
        if kind == .walk || kind == .run, stream.chance(0.75) {
            (poses, aspect) = passing(kind, frames: frames, rate: rate, using: &stream)
        } else {
            var random = SplitMix64(seed: stream.next())
            var view = PuppetView(using: &random)
            raise(&view, for: kind, using: &stream)
            // Exercises are filmed from the side as often as from the front, and are hardest to tell from there.
            if [.jumpingJack, .squat, .pushUp, .sitUp, .sitToStand].contains(kind), stream.chance(0.3) {
                view.azimuth = (stream.chance(0.5) ? 0.5 : -0.5) * .pi + 0.3 * stream.normal()
            }
            // From behind nobody can tell a clap from busy hands: what cannot be seen is not taught.
            if kind == .clap, cos(view.azimuth) < -0.3 { view.azimuth += .pi }
            // From behind, the body hides what the hands do before it.
            areHandsHidden = hasIdleHands(kind) && cos(view.azimuth) < 0 && stream.chance(0.4)
            aspect = view.aspectRatio
            let clip = PuppetClip(
                kind, frames: frames, frameRate: rate, view: view, isBroad: true, form: form, swings: swings,
                seed: stream.next())
            poses = clip.poses
            happening = Self.happening(in: clip, seconds: seconds, using: &stream)
        }
        let sampler = MotionSampler(topology: .blazePose33)
        // The wrists of the common joints.
        let hands: UInt16 = 1 << 6 | 1 << 9
        let samples = poses.enumerated().compactMap { frame, pose -> MotionSample? in
            let time = Double(frame) / rate
            guard happening?.contains(time) ?? true else { return nil }
            var sample = sampler.sample(pose, at: time, aspectRatio: aspect)
            if areHandsHidden { sample.seen &= ~hands }
            return sample.seen.nonzeroBitCount >= 8 ? sample : nil
        }
        guard samples.count > (happening == nil ? poses.count / 2 : 4) else { return nil }
        return LabelledMotion(
            name: "puppet/\(kind.rawValue)-\(index)", label: kind.rawValue, samples: samples, isSeenByCamera: true)
    }

    /// Kinds that are often done once.
    private static let strokes: Set<PuppetKind> = [
        .jump, .squat, .lunge, .sideLunge, .legRaise, .sitToStand, .armRaise, .armsSideways, .punch, .kick, .bend,
    ]

    /// The part of a clip that is meant: all of it when nil. Kinds of single strokes are often done once or twice only.
    private static func happening(
        in clip: PuppetClip, seconds: Double, using stream: inout SplitMix64
    ) -> ClosedRange<Double>? {
        if clip.kind.happensOnce {
            return clip.repetitions.first.map {
                $0.lowerBound - 0.1...$0.upperBound + Double(stream.uniform(0.2...0.7))
            }
        }
        guard strokes.contains(clip.kind), stream.chance(0.5) else { return nil }
        let whole = clip.repetitions.indices.filter {
            clip.repetitions[$0].lowerBound >= 0 && clip.repetitions[$0].upperBound <= seconds
        }
        guard let first = whole.randomElement(using: &stream) else { return nil }
        let last = stream.chance(0.3) ? min(first + 1, whole[whole.count - 1]) : first
        return clip.repetitions[first].lowerBound - 0.1...clip.repetitions[last].upperBound + 0.1
    }

    /// Whether a kind can be told without the hands.
    private static func hasIdleHands(_ kind: PuppetKind) -> Bool {
        [.stand, .walk, .run, .squat, .bend, .sitToStand, .fall, .lie, .getUp, .sit, .nothing].contains(kind)
    }

    /// Cameras that watch people who stand and walk about often hang high.
    private static func raise(_ view: inout PuppetView, for kind: PuppetKind, using stream: inout SplitMix64) {
        guard [.stand, .walk, .run, .fall, .lie, .getUp, .sit, .nothing].contains(kind), stream.chance(0.35) else {
            return
        }
        view.height = stream.uniform(1.9...3.8)
        view.distance = max(view.distance, stream.uniform(2.5...7))
    }

    /// Somebody who goes past, towards or away from a camera that stands still.
    private static func passing(
        _ kind: PuppetKind, frames: Int, rate: Double, using stream: inout SplitMix64
    ) -> ([Pose], Float) {
        let span = Double(frames) / rate
        let lead = Double(stream.uniform(0...1.5))
        let performance = PuppetPerformance(kind, length: .seconds(lead + span), isBroad: true, seed: stream.next())
        var random = SplitMix64(seed: stream.next())
        var view = PuppetView(using: &random)
        view.distance = max(view.distance, stream.uniform(2.5...6))
        raise(&view, for: kind, using: &stream)
        // Straight towards the camera or away from it, near enough to leave the picture at its lower edge.
        if stream.chance(0.3) {
            view.azimuth = (stream.chance(0.5) ? 0 : .pi) + 0.3 * stream.normal()
            view.distance = stream.uniform(1.8...4)
        }
        let camera = view.camera()
        // Most of the way lies to either side of the point the camera looks at.
        let middle = performance.travel(at: lead + span * Double(stream.uniform(0.3...0.7)))
        let poses = (0..<frames).map { frame in
            let time = lead + Double(frame) / rate
            let turn = performance.turn(at: time)
            let way = performance.travel(at: time) - middle
            return camera.pose(
                of: performance.skeleton(at: time).placed(at: SIMD3(0, 0, way), heading: turn))
        }
        var noise = BlazePoseNoise()
        noise = noise.scaled(by: stream.uniform(0.5...1.5))
        return (noise.applied(to: poses, frameRate: rate, using: &random), view.aspectRatio)
    }
}
