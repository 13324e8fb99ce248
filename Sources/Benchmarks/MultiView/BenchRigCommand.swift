import ArgumentParser
import Foundation
import LabanCommands

/// `Benchmarks rig`: how exact joints are that several cameras see.
struct BenchRigCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rig",
        abstract: "Calibrate cameras by a puppet that walks about, triangulate another one, and measure both.",
        discussion: """
            Every room has its own cameras, walker and performer. Cameras see as BlazePose does, unless --exact. Printed \
            are errors of joints in centimetres: in the first camera's axes, with the hips laid upon each other, and of \
            the first camera's own points in space for comparison; and how far off cameras and focal lengths are.

            Examples:
              swift run -c release Benchmarks rig
            """)

    @Option(help: "Rooms for each number of cameras.")
    var rooms = 20

    @Flag(help: "Cameras see exactly.")
    var exact = false

    @Flag(help: "The walker's height is told.")
    var height = false

    func validate() throws {
        guard rooms > 0 else { throw ValidationError("--rooms: expected 1 or more, found \(rooms)") }
    }

    func run() throws {
        for cameras in 2...4 {
            var trials: [RigTrial] = []
            try ProgressBar.during("\(cameras) cameras", total: rooms, unit: "rooms") { progress in
                for room in 1...rooms {
                    trials.append(
                        try RigTrial(cameras: cameras, noise: !exact, knowsHeight: height, seed: UInt64(room)))
                    progress(room)
                }
            }
            let missing = Double(trials.reduce(0) { $0 + $1.missing }) / Double(trials.reduce(0) { $0 + $1.count })
            try StandardOutput.print(
                "\(cameras) cameras: joints \(told(trials.flatMap(\.fromHips))) cm from the hips, "
                    + "\(told(trials.flatMap(\.absolute))) cm in the room, one camera alone "
                    + "\(told(trials.flatMap(\.oneCamera))) cm; cameras \(told(trials.flatMap(\.places))) cm off; "
                    + String(
                        format: "turned %.2f degrees; focal lengths %.1f %%; %.1f %% not told",
                        ArmTrial.mean(trials.flatMap(\.turns)), 100 * ArmTrial.mean(trials.flatMap(\.focals)),
                        100 * missing))
        }
    }

    /// Mean and 95th percentile in centimetres.
    private func told(_ metres: [Double]) -> String {
        String(format: "%.1f (p95 %.1f)", 100 * ArmTrial.mean(metres), 100 * ArmTrial.quantile(metres, 0.95))
    }
}
