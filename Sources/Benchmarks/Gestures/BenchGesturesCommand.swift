import ArgumentParser
import Foundation
import LabanCommands
import LabanServer
import MotionRules
import Recognition
import Skeleton
import Training

/// `Benchmarks gestures`: how well taught gestures are found, and what looking for them costs.
struct BenchGesturesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gestures",
        abstract:
            "Measure taught gestures on Bandai-Namco-2 (by style), Kinder-Gator (by person) and GRUFBA 3D (hands alone).",
        discussion: """
            Every subject of a half teaches each gesture with one or three examples, as 'laban gesture teach' does, and \
            the other subjects of the half are watched. Recall is the share of recordings in which their gesture was \
            told; whatever else was told is a false alarm. The threshold was chosen on half 0; half 1 is reported. \
            Of GRUFBA 3D, paths of two hands without a body, the last quarter of each gesture is watched.

            Examples:
              swift run -c release Benchmarks gestures data/bandai-namco-2 data/kinder-gator
              swift run -c release Benchmarks gestures data/kinder-gator --half 0 --history
            """)

    @Argument(help: "Folders of the sets.")
    var folders: [String]

    @Option(help: "Which half of the subjects is taught and watched: 0 or 1.")
    var half = 1

    @Flag(help: "Take what the other half does otherwise for background too, as a user's history would be.")
    var history = false

    @Flag(help: "Tell how long after its begin a held gesture, and after its end a motion is told; of static-poses.")
    var latency = false

    @Flag(help: "Print one JSON object a row, and nothing else.")
    var json = false

    func validate() throws {
        guard !folders.isEmpty, (0...1).contains(half) else {
            throw ValidationError("expected folders and --half 0 or 1, found half \(half)")
        }
    }

    private struct Row: Encodable {
        let set: String
        let half, examples: Int
        let together, history: Bool
        let recall, falseAlarmsPerHour: Double
        let recordings: Int
        /// From the end of a motion to its event, in seconds: median, and of 95 in 100.
        let medianDelay, highDelay: Double
    }

    func run() throws {
        if latency { return try reportLatency() }
        let model = try GestureFolder.model()
        let teacher = GestureTeacher(model: model)
        let puppets = PuppetMotions.idling(hours: 1, seed: 20_26).map { teacher.describe($0.samples) }
        if !json { try StandardOutput.print(try cost(model: model, on: puppets)) }
        for folder in folders {
            if try HandPathTrial.fits(folder) {
                try report(HandPathTrial(folder: folder, model: model, puppets: puppets))
                continue
            }
            let set = try MotionSet(folder: folder)
            let trial = TaughtTrial(set, model: model, puppets: puppets)
            for together in [true, false] {
                for examples in [1, 3] {
                    let score = trial.run(
                        .init(half: half, examples: examples, together: together, hasHistory: history))
                    try report(
                        Row(
                            set: set.name, half: half, examples: examples, together: together, history: history,
                            recall: score.recall, falseAlarmsPerHour: score.falseAlarmsPerHour, recordings: score.shown,
                            medianDelay: score.delays.at(0.5), highDelay: score.delays.at(0.95))
                    )
                }
            }
        }
    }

    private struct DelayRow: Encodable {
        let gesture, from: String
        let made, told: Int
        /// In seconds; nil where none was told.
        let medianDelay, highDelay: Double?

        init(_ row: LatencyTrial.Row) {
            (gesture, from, made, told) = (row.name, row.from, row.made, row.delays.seconds.count)
            medianDelay = told > 0 ? row.delays.at(0.5) : nil
            highDelay = told > 0 ? row.delays.at(0.95) : nil
        }
    }

    private func reportLatency() throws {
        let rules = try GestureFolder(named: nil).rules.gestures
        let rows = try LatencyTrial.puppets(rules) + folders.flatMap { try LatencyTrial.shapes(rules, folder: $0) }
        for row in rows {
            if json {
                try StandardOutput.print(String(decoding: JSONEncoder().encode(DelayRow(row)), as: UTF8.self))
                continue
            }
            try StandardOutput.print(
                String(
                    format: "%@: told %.2f s after its %@ (median), %.2f s (95 in 100); %d of %d told", row.name,
                    row.delays.at(0.5), row.from, row.delays.at(0.95), row.delays.seconds.count, row.made))
        }
    }

    private struct HandRow: Encodable {
        let set = "grufba3d"
        let examples, recordings, wrong: Int
        let accuracy, falseAlarmsPerHour: Double
    }

    private func report(_ trial: HandPathTrial) throws {
        for examples in [1, 3, 5] {
            let score = trial.run(examples: examples)
            let row = HandRow(
                examples: examples, recordings: score.shown, wrong: score.wrong, accuracy: score.accuracy,
                falseAlarmsPerHour: score.falseAlarmsPerHour)
            if json {
                try StandardOutput.print(String(decoding: JSONEncoder().encode(row), as: UTF8.self))
                continue
            }
            try StandardOutput.print(
                String(
                    format: "%@, %d example%@, hands alone: %.3f of %d recordings right, %d taken for another, "
                        + "%.2f false alarms an hour of puppets", row.set, examples, examples == 1 ? "" : "s",
                    row.accuracy, row.recordings, row.wrong, row.falseAlarmsPerHour))
        }
    }

    private func report(_ row: Row) throws {
        if json {
            return try StandardOutput.print(String(decoding: JSONEncoder().encode(row), as: UTF8.self))
        }
        try StandardOutput.print(
            String(
                format: "%@, %d example%@, %@: recall %.3f of %d recordings, %.2f false alarms an hour; "
                    + "told %.2f s after the end (median), %.2f s (95 in 100)", row.set,
                row.examples, row.examples == 1 ? "" : "s", row.together ? "all gestures at once" : "each by itself",
                row.recall, row.recordings, row.falseAlarmsPerHour, row.medianDelay, row.highDelay))
    }

    /// What ten taught gestures cost a person and frame at 30 frames a second.
    private func cost(model: ActionModel, on puppets: [DescribedMotion]) throws -> String {
        let motions = PuppetMotions.make(clips: 1, seconds: 4, labels: nil, seed: 5)
        let gestures = motions.prefix(24).compactMap { motion in
            GestureTeacher.example(motion.samples, source: motion.name).map {
                TaughtGesture(
                    name: motion.label, threshold: 0.3,
                    examples: [TaughtGesture.Example](repeating: $0, count: 3))
            }
        }.prefix(10)
        let set = ExemplarSet(Array(gestures), model: model)
        let trial = GestureTrial(set)
        let seconds = puppets.reduce(0) { $0 + $1.length }
        let start = ContinuousClock.now
        for motion in puppets { _ = trial.told(in: motion) }
        let matching = ContinuousClock.now - start
        let walks = PuppetMotions.idling(hours: 0.2, seed: 7)
        let describing = ContinuousClock.now
        let describer = MotionDescriber(model: model)
        for walk in walks { _ = describer.describe(walk.samples) }
        let described = ContinuousClock.now - describing
        let length = walks.reduce(0) { $0 + ($1.samples.last?.time ?? 0) }
        func microseconds(_ duration: Duration, _ seconds: Double) -> Double {
            Double(duration.components.seconds) * 1e6 / (seconds * 30)
                + Double(duration.components.attoseconds) * 1e-12 / (seconds * 30)
        }
        return String(
            format: "%d gestures of 3 examples: %.1f µs a person and frame (30 a second), of it %.1f µs the network",
            gestures.count, microseconds(matching, seconds) + microseconds(described, length),
            microseconds(described, length))
    }
}
