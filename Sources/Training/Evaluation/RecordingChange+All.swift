import Foundation
import Randomness
import Recognition
import Skeleton

/// The changes that `laban evaluate --changes` measures.
extension RecordingChange {
    private typealias Joint = MotionSample.Joint

    /// Every change, in the order of reports: what is seen, depth, a camera's errors, bodies, views, time, the rest.
    package static let all: [RecordingChange] = [
        wristsLost, armUnseen, legsUnseen, headUnseen, flat, depthHalved, depthStretched, jitter, legsConfused,
        framesHalved, framesThirded, limbsLonger, limbsShorter, child, leaning, cameraAbove, turned45, turned90, slower,
        faster, mirrored, rootUnknown,
    ]

    // MARK: - What is seen

    static let wristsLost = RecordingChange("wrists_lost", "each wrist lost a third of the time") { samples, stream in
        for wrist in [Joint.leftWrist, Joint.rightWrist] {
            let isLost = Spells(on: 0.5, off: 1).states(at: samples.map(\.time), using: &stream)
            for index in samples.indices where isLost[index] { samples[index].hide(wrist) }
        }
    }

    static let armUnseen = unseen("arm_unseen", "right arm never seen", [Joint.rightElbow, Joint.rightWrist])

    static let legsUnseen = unseen(
        "legs_unseen", "knees and feet never seen",
        [Joint.leftKnee, Joint.leftAnkle, Joint.rightKnee, Joint.rightAnkle])

    static let headUnseen = unseen("head_unseen", "head never seen", [Joint.head])

    private static func unseen(_ key: String, _ name: String, _ joints: [Int]) -> RecordingChange {
        RecordingChange(key, name) { samples, _ in
            for index in samples.indices {
                for joint in joints { samples[index].hide(joint) }
            }
        }
    }

    // MARK: - Depth

    static let flat = RecordingChange("flat", "no depth, as of points in a picture") { samples, _ in samples.flatten() }

    static let depthHalved = RecordingChange("depth_halved", "depth halved") { samples, _ in samples.turn(depth: 0.5) }

    static let depthStretched = RecordingChange("depth_stretched", "depth one and a half times") { samples, _ in
        samples.turn(depth: 1.5)
    }

    // MARK: - Errors of cameras and of what finds joints

    static let jitter = RecordingChange("jitter", "jitter of 0.04 torso lengths at the elbows") { samples, stream in
        samples.shake(by: 0.04 * samples.torso, using: &stream)
    }

    static let legsConfused = RecordingChange("legs_confused", "left and right legs confused a quarter of the time") {
        samples, stream in
        let isConfused = Spells(on: 0.25, off: 0.75).states(at: samples.map(\.time), using: &stream)
        for index in samples.indices where isConfused[index] {
            samples[index].exchange(Joint.leftKnee, Joint.rightKnee)
            samples[index].exchange(Joint.leftAnkle, Joint.rightAnkle)
        }
    }

    static let framesHalved = RecordingChange("frames_halved", "every second frame", keptOneOf: 2)

    static let framesThirded = RecordingChange("frames_thirded", "every third frame", keptOneOf: 3)

    // MARK: - Bodies

    static let limbsLonger = RecordingChange("limbs_longer", "arms and legs 15 % longer") { samples, _ in
        samples.scaleBones(by: factors(arms: 1.15, legs: 1.15))
    }

    static let limbsShorter = RecordingChange("limbs_shorter", "arms and legs 15 % shorter") { samples, _ in
        samples.scaleBones(by: factors(arms: 0.85, legs: 0.85))
    }

    static let child = RecordingChange("child", "a child: legs 15 % shorter, head 40 % larger") { samples, _ in
        samples.scaleBones(by: factors(arms: 1, legs: 0.85, head: 1.4))
    }

    private static func factors(arms: Float, legs: Float, head: Float = 1) -> [Float] {
        var factors = [Float](repeating: 1, count: MotionSample.jointCount)
        for joint in [Joint.leftElbow, Joint.leftWrist, Joint.rightElbow, Joint.rightWrist] { factors[joint] = arms }
        for joint in [Joint.leftKnee, Joint.leftAnkle, Joint.rightKnee, Joint.rightAnkle] { factors[joint] = legs }
        factors[Joint.head] = head
        return factors
    }

    // MARK: - Views

    static let leaning = RecordingChange("leaning", "leaning 10 degrees to a side") { samples, _ in
        samples.turn(roll: radians(10))
    }

    static let cameraAbove = RecordingChange("camera_above", "seen from 20 degrees above") { samples, _ in
        samples.turn(pitch: radians(20))
    }

    static let turned45 = RecordingChange("turned_45", "turned 45 degrees about the vertical") { samples, _ in
        samples.turn(yaw: radians(45))
    }

    static let turned90 = RecordingChange("turned_90", "turned 90 degrees about the vertical") { samples, _ in
        samples.turn(yaw: radians(90))
    }

    private static func radians(_ degrees: Float) -> Float { degrees * .pi / 180 }

    // MARK: - Time

    static let slower = RecordingChange("slower", "slower by a quarter", speed: 0.75)

    static let faster = RecordingChange("faster", "faster by a quarter", speed: 1.25)

    // MARK: - The rest

    static let mirrored = RecordingChange("mirrored", "mirrored", isMirror: true) { samples, _ in samples.mirror() }

    static let rootUnknown = RecordingChange("root_unknown", "way through space not known") { samples, _ in
        for index in samples.indices { samples[index].root = .unknown }
    }
}

/// Something that comes and goes at random: how long it lasts and stays away is exponentially distributed.
private struct Spells {
    /// How long it lasts and stays away on average, in seconds.
    let on: Double
    let off: Double

    /// Whether it is there at each of these times, in seconds, which grow.
    func states(at times: [Double], using stream: inout SplitMix64) -> [Bool] {
        guard var end = times.first else { return [] }
        var isOn = !stream.chance(Float(on / (on + off)))
        return times.map { time in
            while end <= time {
                isOn.toggle()
                end -= (isOn ? on : off) * log(Double(1 - stream.unit()))
            }
            return isOn
        }
    }
}
