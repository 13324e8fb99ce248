import Foundation
import Randomness
import Retargeting
import Robots

/// A robot's arm led by a synthetic person, and how well it went.
struct ArmTrial {
    let arm: TestedArm
    /// What was seen: seconds, and shoulder, elbow and wrist in metres.
    private(set) var frames: [(time: Double, points: [Vector3])] = []
    private(set) var commands: [RobotCommand] = []
    /// Unit vectors (armDirections), or shares of the reach (wristVector), of the person and of the robot at each tick:
    /// shape (ticks, vectors).
    private(set) var person: [[Vector3]] = []
    private(set) var robot: [[Vector3]] = []
    /// Microseconds of each tick.
    private(set) var times: [Double] = []

    static let tick = 0.01
    /// The beginning, while the arm gets to the person, is not judged.
    private static let skipped = 200

    init(_ arm: TestedArm, motion: ReachingMotion, seconds: Double, noise: Double, seed: UInt64) throws {
        self.arm = arm
        var controller = try arm.controller()
        var task = try arm.task()
        var random = SplitMix64(seed: seed)
        let clock = ContinuousClock()
        for index in 0..<Int(seconds / Self.tick) {
            let time = Double(index) * Self.tick
            while Double(frames.count) / 30 <= time + 1e-9 {
                let frame = Double(frames.count) / 30
                frames.append((frame, motion.points(at: frame, noise: noise, &random)))
                controller.see([ArmSight(frames[frames.count - 1].points)], at: .seconds(frame))
            }
            let began = clock.now
            let command = controller.tick(at: .seconds(time))[0]
            times.append(Double((clock.now - began).components.attoseconds) * 1e-12)
            commands.append(command)
            task.update(command.positions)
            robot.append(task.vectors)
            person.append(arm.vectors(motion.directions(at: time)))
        }
    }

    /// Angles in degrees between a vector of the robot and the person's so many ticks before.
    func errors(of vector: Int, shift: Int) -> [Double] {
        (Self.skipped..<(robot.count - shift)).map { index in
            let (a, b) = (robot[index + shift][vector], person[index][vector])
            return 180 / .pi * atan2(cross(a, b).length, dot(a, b))
        }
    }

    /// Ticks that the robot is behind.
    func shift() -> Int {
        let costs = (0..<40).map { shift in
            robot[0].indices.reduce(0) { $0 + Self.mean(errors(of: $1, shift: shift)) }
        }
        return costs.indices.min { costs[$0] < costs[$1] }!
    }

    static func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(max(1, values.count)) }

    /// The value that a share of the others lies below.
    static func quantile(_ values: [Double], _ share: Double) -> Double {
        values.isEmpty ? .nan : values.sorted()[min(values.count - 1, Int(share * Double(values.count)))]
    }
}
