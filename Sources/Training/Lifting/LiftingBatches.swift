import Foundation
package import Lifting
package import Puppet
package import Randomness
import Skeleton

/// Puts batches for a lifting network together: people seen through random cameras, with the errors of pose systems in
/// the picture and, for half of them, depth as BlazePose gives it.
package struct LiftingBatches: Sendable {
    private let settings: LiftingSettings
    private let motions: [LiftingMotion]
    private let puppets: [LiftingMotion]
    private let films: [LiftingFilm]

    package init(
        settings: LiftingSettings, motions: [LiftingMotion], puppets: [LiftingMotion], films: [LiftingFilm] = []
    ) {
        self.settings = settings
        self.motions = motions
        self.puppets = puppets
        self.films = films
    }

    /// A clip as a network and its judge see it.
    package struct Clip: Sendable {
        package var samples: [FlatSample]
        /// The common joints in metres from the pelvis, in camera axes.
        package var truth: [InlineArray<16, SIMD3<Float>>]
    }

    /// Draws a clip.
    package func clip(frames: Int, using stream: inout SplitMix64) -> Clip {
        if !films.isEmpty, stream.chance(settings.filmShare) { return filmed(frames: frames, using: &stream) }
        let pool = motions.isEmpty || !puppets.isEmpty && stream.chance(settings.puppetShare) ? puppets : motions
        // Long recordings are drawn as often as they are long.
        let total = pool.reduce(0) { $0 + $1.skeletons.count }
        var place = Int(stream.unit() * Float(total))
        var motion = pool[0]
        for candidate in pool {
            motion = candidate
            place -= candidate.skeletons.count
            if place < 0 { break }
        }
        // Thirty frames a second mostly, else fifteen or ten.
        let step = stream.chance(0.7) ? 1 : stream.chance(0.6) ? 2 : 3
        let span = frames * step
        let first = Int(stream.unit() * Float(max(1, motion.skeletons.count - span)))
        let isMirrored = stream.chance(0.5)
        let shape = BodyChange(settings.bodies, using: &stream)
        let skeletons = (0..<frames).map { frame in
            let place = min(first + frame * step, motion.skeletons.count - 1)
            let skeleton = shape.applied(to: motion.skeletons[place])
            return isMirrored ? skeleton.mirrored : skeleton
        }
        return Self.seen(skeletons, step: Double(step) / LiftingMotion.rate, settings: settings, using: &stream)
    }

    /// A part of a film with what the pose networks said of it.
    private func filmed(frames: Int, using stream: inout SplitMix64) -> Clip {
        let film = films[Int(stream.next() % UInt64(films.count))]
        let step = stream.chance(0.7) ? 1 : 2
        let first = Int(stream.unit() * Float(max(1, film.samples.count - frames * step)))
        var clip = film.part(first: first, step: step, frames: frames, isMirrored: stream.chance(0.5))
        if stream.chance(settings.flat) { for index in clip.samples.indices { clip.samples[index].hinted = 0 } }
        return clip
    }

    /// What a camera drawn at random makes of a motion.
    private static func seen(
        _ skeletons: [PuppetSkeleton], step: Double, settings: LiftingSettings, using stream: inout SplitMix64
    ) -> Clip {
        let camera = camera(at: skeletons, settings: settings, using: &stream)
        let truth = skeletons.map { camera.pose(of: $0) }
        let noise = BlazePoseNoise().scaled(by: settings.noise * stream.uniform(0.2...1.4))
        var random = SplitMix64(seed: stream.next())
        var poses = noise.applied(to: truth, frameRate: 1 / step, using: &random)
        if stream.chance(settings.flat) { for index in poses.indices { poses[index].worldPoints = [] } }
        hide(&poses, using: &stream)
        let sampler = FlatSampler(topology: .blazePose33)
        let judge = MotionSampler(topology: .blazePose33)
        var clip = Clip(samples: [], truth: [])
        for index in poses.indices {
            let time = Double(index) * step
            clip.samples.append(sampler.sample(poses[index], at: time, aspectRatio: camera.aspectRatio))
            var bare = truth[index]
            bare.keypoints = []
            let points = judge.sample(bare, at: time, aspectRatio: nil).points
            clip.truth.append(InlineArray { points[$0] - points[MotionSample.Joint.pelvis] })
        }
        return clip
    }

    /// Anywhere around, mostly at the height of a desk or of eyes, now and then so near that the legs are not seen.
    package static func camera(
        at skeletons: [PuppetSkeleton], settings: LiftingSettings, using stream: inout SplitMix64
    ) -> PuppetCamera {
        let middle = skeletons[skeletons.count / 2].pelvis
        let isNear = stream.chance(settings.near)
        let distance = isNear ? stream.uniform(0.9...2) : stream.uniform(1.8...7)
        let height =
            stream.chance(0.7)
            ? stream.uniform(0.5...1.8) : stream.chance(0.4) ? stream.uniform(0.1...0.5) : stream.uniform(1.8...3.4)
        let azimuth = stream.uniform(0...2 * .pi)
        let shapes: [Float] = [16.0 / 9, 4.0 / 3, 9.0 / 16, 1]
        let aspect = shapes[Int(stream.next() % 4)]
        let lift: Float = isNear ? 0.35 : 0
        let aim = middle + SIMD3(0.25 * stream.normal(), lift + 0.15 * stream.normal(), 0.25 * stream.normal())
        return PuppetCamera(
            position: SIMD3(middle.x + sin(azimuth) * distance, height, middle.z + cos(azimuth) * distance),
            target: aim, focalLength: stream.uniform(0.75...1.7), aspectRatio: aspect,
            roll: stream.chance(0.3) ? 0.06 * stream.normal() : 0)
    }

    /// Joints come and go, and arms, legs or single joints are never seen.
    private static func hide(_ poses: inout [Pose], using stream: inout SplitMix64) {
        guard let joints = poses.first?.keypoints.count, joints > 0 else { return }
        func lose(_ joint: Int, in frame: Int) {
            guard joint < poses[frame].keypoints.count else { return }
            poses[frame].keypoints[joint]?.visibility = 0
        }
        if stream.chance(0.25) {
            let share = stream.uniform(0.02...0.3)
            for joint in 11..<joints {
                var isLost = stream.chance(share)
                for frame in poses.indices {
                    if isLost { lose(joint, in: frame) }
                    isLost = isLost ? !stream.chance(0.25) : stream.chance(share / (1 - share) / 4)
                }
            }
        }
        if stream.chance(0.15) {
            let limbs = [[13, 15], [14, 16], [25, 27], [26, 28], [27, 28], [25, 26, 27, 28], [15], [16]]
            let limb = limbs[Int(stream.next() % UInt64(limbs.count))]
            for frame in poses.indices { for joint in limb { lose(joint, in: frame) } }
        }
    }

    /// A batch of features and truths.
    ///
    /// - Parameters:
    ///   - step, chunk: say which; the same give the same.
    ///   - input: receives (C, N, T, V).
    /// - Returns: for each of N, T, V where the joint seems to be and where it is.
    package func assemble(
        step: Int, chunk: Int, clips: Int, frames: Int, into input: UnsafeMutableBufferPointer<Float>
    ) -> (guesses: [SIMD3<Float>], truths: [SIMD3<Float>]) {
        let (joints, channels) = (MotionSample.jointCount, LiftingFeatures.channels)
        let rows = clips * frames * joints
        precondition(input.count == channels * rows, "room for the batch")
        var guesses = [SIMD3<Float>](repeating: .zero, count: rows)
        var truths = guesses
        var frame = [Float](repeating: 0, count: joints * channels)
        for number in 0..<clips {
            var stream = SplitMix64(seed: settings.seed, index: UInt64((step * 64 + chunk) * 256 + number))
            let clip = clip(frames: frames, using: &stream)
            var features = LiftingFeatures()
            for t in 0..<frames {
                frame.withUnsafeMutableBufferPointer { features.next(clip.samples[t], into: $0) }
                for joint in 0..<joints {
                    let row = (number * frames + t) * joints + joint
                    guesses[row] = features.guess[joint]
                    truths[row] = clip.truth[t][joint]
                    for channel in 0..<channels { input[channel * rows + row] = frame[joint * channels + channel] }
                }
            }
        }
        return (guesses, truths)
    }
}
