import Foundation
package import Puppet
import Randomness
import Recognition
package import Recordings
import Skeleton

/// Somebody's motion in space, as training cameras look at it: the joints of `blazePose33` thirty times a second.
package struct LiftingMotion: Sendable {
    package static let rate = 30.0

    package var name: String
    package var subject: String?
    /// In metres, y up, the floor at about 0.
    package var skeletons: [PuppetSkeleton]

    package init(name: String, subject: String?, skeletons: [PuppetSkeleton]) {
        self.name = name
        self.subject = subject
        self.skeletons = skeletons
    }

    /// The person in a recording of points in space; nil where it has none, or in fewer than two frames.
    package init?(_ recording: Recording, name: String, subject: String?) {
        let sampler = MotionSampler(topology: recording.topology)
        let samples = zip(recording.times, recording.poses).compactMap { time, pose -> MotionSample? in
            guard !pose.worldPoints.isEmpty else { return nil }
            var bare = pose
            bare.keypoints = []
            let sample = sampler.sample(bare, at: time.inSeconds, aspectRatio: nil)
            return sample.seen == .max ? sample : nil
        }
        guard let first = samples.first, let last = samples.last, last.time > first.time else { return nil }
        let count = Int((last.time - first.time) * Self.rate) + 1
        let times = (0..<count).map { first.time + Double($0) / Self.rate }
        // In skeleton files y points down.
        let floor = samples.reduce(-Float.infinity) { low, sample in
            (0..<MotionSample.jointCount).reduce(low) { max($0, sample.points[$1].y) }
        }
        self.init(
            name: name, subject: subject,
            skeletons: MotionResampling.resample(samples, at: times).map {
                PuppetSkeleton(commonJoints: $0.points, floor: floor)
            })
    }

    /// Puppets doing everything they know, drawn with broad manners, and sets of exercises.
    ///
    /// - Parameters:
    ///   - clips: of each kind and exercise.
    ///   - seed: the same seed gives the same motions.
    package static func puppets(clips: Int, seconds: Double, seed: UInt64) -> [LiftingMotion] {
        var motions: [LiftingMotion] = []
        let frames = Int(seconds * rate)
        for (kindIndex, kind) in PuppetKind.allCases.enumerated() {
            for index in 0..<clips {
                var stream = SplitMix64(seed: seed, index: UInt64(kindIndex * 1_000_003 + index))
                let performance = PuppetPerformance(kind, length: .seconds(seconds), isBroad: true, seed: stream.next())
                let skeletons = (0..<frames).map { frame in
                    let time = min(Double(frame) / rate, performance.duration)
                    return performance.skeleton(at: time).placed(
                        at: SIMD3(0, 0, performance.travel(at: time)), heading: performance.turn(at: time))
                }
                motions.append(
                    LiftingMotion(name: "puppet/\(kind.rawValue)-\(index)", subject: nil, skeletons: skeletons))
            }
        }
        for (kindIndex, exercise) in PuppetExercise.allCases.enumerated() {
            for index in 0..<clips {
                var stream = SplitMix64(seed: seed &+ 77, index: UInt64(kindIndex * 1_000_003 + index))
                let fault = stream.chance(0.4) ? PuppetFault.allCases.filter { $0.exercise == exercise }.first : nil
                let set = PuppetSet(exercise, fault: fault, count: 4, seed: stream.next()) { $0.pelvis.y }
                let skeletons = (0..<Int(set.duration * rate)).map { set.skeleton(at: Double($0) / rate) }
                motions.append(
                    LiftingMotion(name: "puppet/\(exercise.rawValue)-\(index)", subject: nil, skeletons: skeletons))
            }
        }
        return motions
    }
}
