import Foundation
import Randomness
import Retargeting
import Robots

/// A robot's arm led by a synthetic person, and how well it went.
struct ArmTrial {
    /// Commands and what the person did at the same ticks.
    var commands: [RobotCommand] = []
    /// Unit vectors (armDirections), or shares of the reach (wristVector), of person and robot; shape (ticks, vectors).
    var person: [[Vector3]] = []
    var robot: [[Vector3]] = []
    /// Microseconds of each tick.
    var times: [Double] = []

    private static let tick = 0.01
    /// The beginning, while the arm gets to the person, is not judged.
    private static let skipped = 200

    init(
        _ arm: TestedArm, motion: ReachingMotion, seconds: Double, noise: Double, seed: UInt64,
        settings: ArmSettings = .init()
    ) throws {
        var controller = try arm.controller(settings)
        var task = try arm.task()
        var random = SplitMix64(seed: seed)
        var nextFrame = 0
        for index in 0..<Int(seconds / Self.tick) {
            let time = Double(index) * Self.tick
            while Double(nextFrame) / 30 <= time + 1e-9 {
                let frame = Double(nextFrame) / 30
                controller.see(motion.sight(at: frame, noise: noise, &random), at: .seconds(frame))
                nextFrame += 1
            }
            let clock = ContinuousClock()
            let began = clock.now
            let command = controller.tick(at: .seconds(time))
            let took = clock.now - began
            times.append(Double(took.components.attoseconds) * 1e-12)
            commands.append(command)
            task.update(command.positions)
            robot.append(task.vectors)
            person.append(arm.vectors(motion.directions(at: time)))
        }
    }

    /// Errors of one vector once the person's motion is shifted by some ticks: degrees, or percent of the reach.
    func errors(of vector: Int, shift: Int, isWrist: Bool) -> [Double] {
        (Self.skipped..<(robot.count - shift)).map { index in
            let (a, b) = (robot[index + shift][vector], person[index][vector])
            return isWrist ? 100 * (a - b).length : 180 / .pi * atan2(cross(a, b).length, dot(a, b))
        }
    }

    /// Ticks that the robot is behind.
    func shift(isWrist: Bool) -> Int {
        (0..<40).min { a, b in cost(a, isWrist) < cost(b, isWrist) }!
    }

    private func cost(_ shift: Int, _ isWrist: Bool) -> Double {
        robot[0].indices.reduce(0) { $0 + mean(errors(of: $1, shift: shift, isWrist: isWrist)) }
    }

    /// The largest use of each bound, as a share of it, by differences of the positions alone.
    func use(of bounds: [JointBounds]) -> (position: Double, velocity: Double, acceleration: Double, jerk: Double) {
        var use = (-Double.infinity, 0.0, 0.0, 0.0)
        for joint in bounds.indices {
            let q = commands.map { $0.positions[joint] }
            let v = zip(q.dropFirst(), q).map { ($0 - $1) / Self.tick }
            let a = zip(v.dropFirst(), v).map { ($0 - $1) / Self.tick }
            let j = zip(a.dropFirst(), a).map { ($0 - $1) / Self.tick }
            let bound = bounds[joint]
            use.0 = q.reduce(use.0) { max($0, $1 - bound.upper, bound.lower - $1) }
            use.1 = v.reduce(use.1) { max($0, abs($1) / bound.velocity) }
            use.2 = a.reduce(use.2) { max($0, abs($1) / bound.acceleration) }
            use.3 = j.reduce(use.3) { max($0, abs($1) / bound.jerk) }
        }
        return use
    }
}

func mean(_ values: [Double]) -> Double { values.isEmpty ? .nan : values.reduce(0, +) / Double(values.count) }

/// The value that a share of the others lies below.
func quantile(_ values: [Double], _ share: Double) -> Double {
    guard !values.isEmpty else { return .nan }
    return values.sorted()[min(values.count - 1, Int(share * Double(values.count)))]
}
