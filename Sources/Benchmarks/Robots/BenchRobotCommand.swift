import ArgumentParser
import Foundation
import LabanCommands
import Retargeting

/// `Benchmarks robot`: how well, how smoothly and how safely robot arms follow a person's.
struct BenchRobotCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "robot",
        abstract: "Let well-known robot arms follow a synthetic person, and measure errors, bounds and time.",
        discussion: """
            A person's arm reaches about before a camera of 30 frames a second that is off by some millimetres an axis. \
            Printed are the angles between the person's and the robot's upper arm and forearm (arm_directions), or the \
            ways from shoulder to wrist (wrist_vector), at the shift in time that fits best; how often a bound of \
            position, velocity, acceleration or jerk was broken, by differences of the commands alone; and the time of a \
            tick. --hostile shows the arms what no camera should, for so many commands each.

            What .scripts/judge-arms.py says of --dump is other people's judgement of the same commands, beside peers.

            Examples:
              .scripts/fetch-robots ROBOTS
              swift run -c release Benchmarks robot ROBOTS --dump TRIALS
              swift run -c release Benchmarks robot ROBOTS --noise 0 --dump TRIALS
              swift run -c release Benchmarks robot ROBOTS --hostile 1000000
              .scripts/judge-arms.py TRIALS ROBOTS --peers --collisions --mujoco
            """)

    @Argument(help: "Folder of the robots, as .scripts/fetch-robots makes it.")
    var robots: String

    @Option(
        parsing: .upToNextOption,
        help: "Arms, of \(TestedArm.all.map(\.name).joined(separator: ", ")); all when left out.")
    var arms: [String] = []

    @Option(help: "Motions, each with its own seed.")
    var motions = 10

    @Option(help: "Seconds of each.")
    var seconds = 60.0

    @Option(help: "Standard deviation of each point, metres an axis.")
    var noise = 0.01

    @Option(help: "How fast the person moves; 1 is up to some 180 degrees a second.")
    var speed = 1.0

    @Option(help: "Jerk that joints are held to, rad/s3.")
    var jerk = 1_000.0

    @Option(help: "Commands for hostile sights instead.")
    var hostile: Int?

    @Option(help: ArgumentHelp("Write each trial here, for .scripts/judge-arms.py.", valueName: "folder"))
    var dump: String?

    func validate() throws {
        guard motions > 0, (5...3_600).contains(seconds), noise >= 0, speed > 0, jerk > 0 else {
            throw ValidationError("expected a motion or more, 5 to 3600 seconds, and speed and jerk above 0")
        }
        if let stranger = arms.first(where: { name in !TestedArm.all.contains { $0.name == name } }) {
            throw ValidationError("no arm '\(stranger)'")
        }
    }

    func run() throws {
        if let dump { try FileManager.default.createDirectory(atPath: dump, withIntermediateDirectories: true) }
        for (name, path, mode, links) in TestedArm.all where arms.isEmpty || arms.contains(name) {
            let arm = try TestedArm(
                name, in: robots, path: path, mode: mode, links: links,
                bounds: RobotMapping.Bounds(velocity: nil, acceleration: 10, jerk: jerk))
            if let hostile { try show(arm, ticks: hostile) } else { try follow(arm) }
        }
    }

    private func show(_ arm: TestedArm, ticks: Int) throws {
        let use = try HostileSights(arm, ticks: ticks, seed: 3).use
        try StandardOutput.print(
            String(
                format: "%@: %d commands, %d outside a bound; most used of velocity %.9f, acceleration %.9f, jerk %.9f",
                arm.name, ticks, use.violations, use.velocity, use.acceleration, use.jerk))
    }

    private func follow(_ arm: TestedArm) throws {
        var errors: [[Double]] = [[], []]
        var (shifts, times, violations): ([Int], [Double], Int) = ([], [], 0)
        let controller = try arm.controller()
        try ProgressBar.during(arm.name, total: motions, unit: "motions") { progress in
            for seed in 1...motions {
                let trial = try ArmTrial(
                    arm, motion: ReachingMotion(seed: UInt64(seed), speed: speed), seconds: seconds, noise: noise,
                    seed: UInt64(seed))
                let shift = trial.shift()
                shifts.append(10 * shift)
                for vector in trial.robot[0].indices { errors[vector] += trial.errors(of: vector, shift: shift) }
                times += trial.times
                var use = BoundsUse(controller.bounds[0], tick: ArmTrial.tick)
                for command in trial.commands { use.add(command.positions) }
                violations += use.violations
                if let dump {
                    let record = TrialRecord(trial, noise: noise, jointNames: controller.jointNames[0])
                    let place = URL(filePath: dump).appending(path: "\(arm.name)-\(noise)-\(seed).json")
                    try JSONEncoder().encode(record).write(to: place)
                }
                progress(seed)
            }
        }
        let words = errors.filter { !$0.isEmpty }.map {
            String(format: "%.2f, p95 %.2f", ArmTrial.mean($0), ArmTrial.quantile($0, 0.95))
        }
        try StandardOutput.print(
            String(
                format: "%@: %@ degrees at %d to %d ms; %d outside a bound; tick p50 %.0f, p99 %.0f us", arm.name,
                words.joined(separator: " | "), shifts.min()!, shifts.max()!, violations,
                ArmTrial.quantile(times, 0.5), ArmTrial.quantile(times, 0.99)))
    }
}
