import Foundation
package import Puppet
import Randomness
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
            skeletons: Self.evenly(samples, at: times).map { PuppetSkeleton(commonJoints: $0, floor: floor) })
    }

    /// Between neighbours in time; those before a time and after it.
    private static func evenly(_ samples: [MotionSample], at times: [Double]) -> [InlineArray<16, SIMD3<Float>>] {
        var next = 0
        return times.map { time in
            while next + 1 < samples.count, samples[next + 1].time <= time { next += 1 }
            guard next + 1 < samples.count else { return samples[next].points }
            let (a, b) = (samples[next], samples[next + 1])
            let share = Float((time - a.time) / (b.time - a.time))
            return InlineArray { a.points[$0] + (b.points[$0] - a.points[$0]) * share }
        }
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

extension PuppetSkeleton {
    /// A body of which the common joints are known; face, hands and feet are put where they usually are.
    ///
    /// - Parameters:
    ///   - points: in metres, y down.
    ///   - floor: y of the floor.
    package init(commonJoints points: InlineArray<16, SIMD3<Float>>, floor: Float) {
        typealias Joint = MotionSample.Joint
        func place(_ joint: Int) -> SIMD3<Float> {
            // Turned by half a turn about x: right-handed stays right-handed.
            SIMD3(points[joint].x, floor - points[joint].y, -points[joint].z)
        }
        func unit(_ v: SIMD3<Float>, or other: SIMD3<Float>) -> SIMD3<Float> {
            let length = (v * v).sum().squareRoot()
            return length > 1e-4 ? v / length : other
        }
        func cross(_ a: SIMD3<Float>, _ b: SIMD3<Float>) -> SIMD3<Float> {
            SIMD3(a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x)
        }
        let (pelvis, neck, head) = (place(Joint.pelvis), place(Joint.neck), place(Joint.head))
        let left = unit(place(Joint.leftShoulder) - place(Joint.rightShoulder), or: SIMD3(1, 0, 0))
        let up = unit(head - neck, or: SIMD3(0, 1, 0))
        let forward = unit(cross(left, up), or: SIMD3(0, 0, 1))
        var joints = [SIMD3<Float>](repeating: head, count: SkeletonTopology.blazePose33.count)
        func put(_ name: String, _ point: SIMD3<Float>) {
            if let index = SkeletonTopology.blazePose33.index(of: name) { joints[index] = point }
        }
        put("nose", head + forward * 0.1)
        for (side, sign) in [("left", Float(1)), ("right", Float(-1))] {
            put(side + "Ear", head + left * (0.07 * sign))
            for eye in ["EyeInner", "Eye", "EyeOuter"] {
                put(side + eye, head + forward * 0.08 + left * (0.03 * sign) + up * 0.03)
            }
            put("mouth" + (sign > 0 ? "Left" : "Right"), head + forward * 0.09 + left * (0.02 * sign) - up * 0.05)
            let isLeft = sign > 0
            let (shoulder, elbow, wrist) = isLeft ? (4, 5, 6) : (7, 8, 9)
            let (hip, knee, ankle) = isLeft ? (10, 11, 12) : (13, 14, 15)
            put(side + "Shoulder", place(shoulder))
            put(side + "Elbow", place(elbow))
            put(side + "Wrist", place(wrist))
            let hand = unit(place(wrist) - place(elbow), or: SIMD3(0, -1, 0))
            for finger in ["Pinky", "Index", "Thumb"] { put(side + finger, place(wrist) + hand * 0.08) }
            put(side + "Hip", place(hip))
            put(side + "Knee", place(knee))
            put(side + "Ankle", place(ankle))
            let shank = unit(place(ankle) - place(knee), or: SIMD3(0, -1, 0))
            let toward = unit(cross(cross(shank, forward), shank), or: forward)
            put(side + "Heel", place(ankle) + shank * 0.05 - toward * 0.05)
            put(side + "FootIndex", place(ankle) + shank * 0.06 + toward * 0.15)
        }
        self.init(
            joints: joints, pelvis: pelvis, spine: place(Joint.spine), neck: neck, skull: neck + up * 0.08,
            headTop: head + up * 0.12, headLeft: left, headForward: forward)
    }
}
