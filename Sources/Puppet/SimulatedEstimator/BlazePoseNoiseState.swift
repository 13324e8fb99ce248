import Foundation
import Randomness
import Skeleton

/// The errors of one person's poses as they go on through time.
struct BlazePoseNoiseState {
    private let noise: BlazePoseNoise
    private let step: Float
    private let size: Float
    private let depth: Float
    private let turn: Quaternion
    private let legDepth: Float
    private let bend: SIMD2<Float>
    private let bones: BlazePoseNoise.Proportions
    private let bias: [SIMD3<Float>]
    /// How much less surely each joint is seen the more it is hidden.
    private let doubt: [Float]
    private var unrest: [SIMD3<Float>]
    private var smoothed: [SIMD3<Float>]?
    private var swappedUntil: Float = -1
    private var time: Float = 0
    private var random: SplitMix64

    /// Unrest of each joint relative to the body's mean: hips and shoulders are steady, hands and feet are not.
    private static let restlessness: [Float] = BlazeJoint.allCases.map { joint in
        switch joint {
        case .leftHip, .rightHip: 0.45
        case .leftShoulder, .rightShoulder: 0.7
        case .leftElbow, .rightElbow, .leftKnee, .rightKnee: 1
        case .leftWrist, .rightWrist, .leftAnkle, .rightAnkle: 1.4
        case .leftPinky, .rightPinky, .leftIndex, .rightIndex, .leftThumb, .rightThumb: 1.7
        case .leftHeel, .rightHeel, .leftFootIndex, .rightFootIndex: 1.6
        default: 0.7
        }
    }

    /// Hands behind a body are given up soonest, the trunk hardly ever.
    private static func doubtfulness(_ joint: BlazeJoint) -> Float {
        switch joint {
        case .leftShoulder, .rightShoulder, .leftHip, .rightHip: 0.1
        case .leftElbow, .rightElbow, .leftKnee, .rightKnee, .leftAnkle, .rightAnkle: 0.6
        case .leftHeel, .rightHeel, .leftFootIndex, .rightFootIndex: 0.6
        case .leftWrist, .rightWrist, .leftPinky, .rightPinky, .leftIndex, .rightIndex, .leftThumb, .rightThumb: 1
        default: 0.2
        }
    }

    init(_ noise: BlazePoseNoise, frameRate: Float, using random: inout SplitMix64) {
        self.noise = noise
        step = 1 / frameRate
        size = 1 + noise.scale * random.gaussian()
        depth = random.uniform(noise.foreshortening.lowerBound, noise.foreshortening.upperBound)
        turn =
            Quaternion(noise.attitude.y * random.gaussian(), round: SIMD3(0, 1, 0))
            * Quaternion(noise.attitude.x * random.gaussian(), round: SIMD3(1, 0, 0))
            * Quaternion(noise.attitude.z * random.gaussian(), round: SIMD3(0, 0, 1))
        legDepth = random.uniform(noise.legDepth.lowerBound, noise.legDepth.upperBound)
        let leaning: Float = random.chance(1 / 6) ? 2 : 1
        bend = SIMD2(tan(leaning * noise.bend.x * random.gaussian()), tan(leaning * noise.bend.y * random.gaussian()))
        var bones = noise.proportions
        for bone in [\BlazePoseNoise.Proportions.shoulders, \.hips, \.upperArm, \.forearm, \.thigh, \.shank] {
            bones[keyPath: bone] *= 1 + noise.scale * random.gaussian()
        }
        self.bones = bones
        var own = random.fork()
        func offsets(_ across: Float, _ along: Float) -> [SIMD3<Float>] {
            Self.restlessness.map {
                SIMD3(own.gaussian() * across, own.gaussian() * across, own.gaussian() * along) * $0
            }
        }
        var bias = offsets(noise.bias, noise.depthBias)
        for side in PuppetSide.allCases {
            bias[BlazeJoint.elbow(side).rawValue].z -= noise.armsForward
            for joint in [BlazeJoint.wrist(side), .pinky(side), .index(side), .thumb(side)] {
                // A hand goes wrong with its wrist.
                bias[joint.rawValue] = 0.7 * bias[BlazeJoint.wrist(side).rawValue] + 0.4 * bias[joint.rawValue]
                bias[joint.rawValue].z -= noise.armsForward
            }
            for joint in [BlazeJoint.heel(side), .toe(side)] {
                bias[joint.rawValue] = 0.7 * bias[BlazeJoint.ankle(side).rawValue] + 0.4 * bias[joint.rawValue]
            }
        }
        self.bias = bias
        var apart = own
        doubt = BlazeJoint.allCases.map { Self.doubtfulness($0) * apart.uniform(0, 1.1) }
        unrest = offsets(noise.jitter, noise.depthJitter)
        self.random = own
    }

    /// The pose BlazePose gives for the next true pose.
    mutating func next(_ pose: Pose) -> Pose {
        var seen = pose
        var points = pose.worldPoints.map { $0 ?? .zero }
        let sideView =
            abs(points[BlazeJoint.leftHip.rawValue].x - points[BlazeJoint.rightHip.rawValue].x)
            < 0.35 * length(points[BlazeJoint.leftHip.rawValue] - points[BlazeJoint.rightHip.rawValue])
        let hidden = Self.hidden(points)
        advance()
        if sideView && time > swappedUntil && random.chance(noise.swapRate * step) {
            swappedUntil = time + noise.swapDuration * random.uniform(0.5, 2)
        }
        if time < swappedUntil { Self.swapLegs(&points) }
        fitProportions(&points)
        let guessed = noise.guessesLegs ? guessLegs(outside: pose.keypoints, &points) : Sided(0)
        for joint in points.indices {
            let factor = hidden[joint] > 0 ? 1 + (noise.hiddenFactor - 1) * hidden[joint] : 1
            var point = turn * points[joint] * size
            point.z *= joint >= BlazeJoint.leftKnee.rawValue ? depth * legDepth : depth
            point.z += point.y * (point.y < 0 ? bend.x : bend.y)
            points[joint] = point + (bias[joint] + unrest[joint]) * factor
        }
        let hips = (points[BlazeJoint.leftHip.rawValue] + points[BlazeJoint.rightHip.rawValue]) / 2
        for joint in points.indices { points[joint] -= hips }
        smooth(&points)
        for joint in points.indices {
            seen.worldPoints[joint] = points[joint]
            guard var keypoint = seen.keypoints.isEmpty ? nil : seen.keypoints[joint],
                let truth = pose.worldPoints[joint]
            else { continue }
            let error = points[joint] - truth
            let scale = abs(truth.z) > 0.02 ? keypoint.z / truth.z : 0
            // The image points err with the world points, without the errors of size and attitude.
            let across = (bias[joint] + unrest[joint]) * (1 + hidden[joint])
            let unit = scale == 0 ? 0.3 : abs(scale)
            keypoint.x += across.x * unit
            keypoint.y += across.y * unit
            keypoint.z += error.z * unit
            keypoint.visibility *= max(0.02, 0.995 - hidden[joint] * (doubt[joint] + random.uniform(0, 0.3)))
            if joint >= BlazeJoint.leftKnee.rawValue {
                // Odd places are the left leg's.
                keypoint.visibility *= 1 - 0.9 * (joint % 2 == 1 ? guessed.left : guessed.right)
            }
            seen.keypoints[joint] = keypoint
        }
        time += step
        return seen
    }

    /// Moves the correlated unrest on by one frame.
    private mutating func advance() {
        let keep = exp(-step / max(noise.correlation, 1e-3))
        let fresh = (1 - keep * keep).squareRoot()
        for joint in unrest.indices {
            let new = SIMD3(
                random.gaussian() * noise.jitter, random.gaussian() * noise.jitter,
                random.gaussian() * noise.depthJitter)
            unrest[joint] = keep * unrest[joint] + fresh * new * Self.restlessness[joint]
        }
    }

    /// How much of each joint is behind the trunk, 0…1.
    private static func hidden(_ points: [SIMD3<Float>]) -> [Float] {
        let shoulders = (points[BlazeJoint.leftShoulder.rawValue] + points[BlazeJoint.rightShoulder.rawValue]) / 2
        let axis = shoulders
        let height = max(length(axis), 0.1)
        let up = axis / height
        return points.indices.map { joint in
            guard joint >= BlazeJoint.leftShoulder.rawValue else {
                return points[joint].z - shoulders.z > 0.05 ? 0.5 : 0
            }
            let point = points[joint]
            let along = dot(point, up)
            guard point.z > 0.04 else { return 0 }
            // Beside the trunk, or behind the other leg.
            let off = point - along * up
            let across = (off.x * off.x + off.y * off.y).squareRoot()
            let within = max(0, 1 - across / 0.22)
            return min(1, within * min(1, point.z / 0.15))
        }
    }

    /// Stretches or shortens each bone; what hangs from it moves along.
    private func fitProportions(_ points: inout [SIMD3<Float>]) {
        let truth = points
        func widen(_ left: BlazeJoint, _ right: BlazeJoint, _ factor: Float) {
            let middle = (truth[left.rawValue] + truth[right.rawValue]) / 2
            for joint in [left, right] { points[joint.rawValue] = middle + (truth[joint.rawValue] - middle) * factor }
        }
        func stretch(_ joint: BlazeJoint, from parent: BlazeJoint, _ factor: Float) {
            points[joint.rawValue] =
                points[parent.rawValue] + (truth[joint.rawValue] - truth[parent.rawValue]) * factor
        }
        widen(.leftShoulder, .rightShoulder, bones.shoulders)
        widen(.leftHip, .rightHip, bones.hips)
        for side in PuppetSide.allCases {
            stretch(.elbow(side), from: .shoulder(side), bones.upperArm)
            stretch(.wrist(side), from: .elbow(side), bones.forearm)
            for finger in [BlazeJoint.pinky(side), .index(side), .thumb(side)] {
                stretch(finger, from: .wrist(side), 1)
            }
            stretch(.knee(side), from: .hip(side), bones.thigh)
            stretch(.ankle(side), from: .knee(side), bones.shank)
            for end in [BlazeJoint.heel(side), .toe(side)] { stretch(end, from: .ankle(side), 1) }
        }
    }

    /// Lets a leg hang straight down as far as its knee and ankle are outside the picture; how far that is, 0…1.
    private func guessLegs(outside keypoints: [Keypoint?], _ points: inout [SIMD3<Float>]) -> Sided<Float> {
        guard !keypoints.isEmpty else { return Sided(0) }
        return Sided<Float>(0).map { side, _ in
            guard let knee = keypoints[BlazeJoint.knee(side).rawValue] else { return 0 }
            let share = max(0, min(1, (knee.y - 0.97) / 0.12))
            guard share > 0 else { return 0 }
            let hip = points[BlazeJoint.hip(side).rawValue]
            let guesses: [(BlazeJoint, SIMD3<Float>)] = [
                (.knee(side), SIMD3(0, 0.39, -0.04)), (.ankle(side), SIMD3(0, 0.77, 0.04)),
                (.heel(side), SIMD3(0, 0.81, 0.07)), (.toe(side), SIMD3(0, 0.83, -0.08)),
            ]
            for (joint, offset) in guesses {
                points[joint.rawValue] += (hip + offset - points[joint.rawValue]) * (0.85 * share)
            }
            return share
        }
    }

    private static func swapLegs(_ points: inout [SIMD3<Float>]) {
        for (left, right): (BlazeJoint, BlazeJoint) in [
            (.leftKnee, .rightKnee), (.leftAnkle, .rightAnkle), (.leftHeel, .rightHeel),
            (.leftFootIndex, .rightFootIndex),
        ] {
            points.swapAt(left.rawValue, right.rawValue)
        }
    }

    /// The One-Euro filter of the reference (Casiez et al. 2012).
    private mutating func smooth(_ points: inout [SIMD3<Float>]) {
        guard noise.cutOff.isFinite, let before = smoothed else {
            smoothed = points
            return
        }
        for joint in points.indices {
            for axis in 0..<3 {
                let change = points[joint][axis] - before[joint][axis]
                let cutOff = noise.cutOff + noise.cutOffSlope * abs(change) / step
                let weight = 1 / (1 + 1 / (2 * .pi * cutOff * step))
                points[joint][axis] = before[joint][axis] + weight * change
            }
        }
        smoothed = points
    }
}
