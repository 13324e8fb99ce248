import Foundation
import Interaction
import LabanCommands
import Skeleton

/// What `Benchmarks interactions` measured.
struct InteractionReport: Encodable {
    struct Row: Encodable {
        let label: String
        let truths: Int
        let found: Int
        let precision: Double
        let recall: Double
        let f1: Double
        /// Share of the one-sided ones that tell rightly who did it; nil where there were none.
        let rightWay: Double?
        let onsetDelay: Double?
        let calibrationError: Double
        /// In crowds that only cross each other's ways, an hour.
        let crowdFalseAlarmsPerHour: Double

        enum CodingKeys: String, CodingKey {
            case label, truths, found, precision, recall
            case f1 = "f1@0.25"
            case rightWay = "right_way"
            case onsetDelay = "onset_delay_s"
            case calibrationError = "ece"
            case crowdFalseAlarmsPerHour = "crowd_false_per_hour"
        }
    }

    let source: String
    let scenesOfEachKind: Int
    let seed: UInt64
    let hours: Double
    let rows: [Row]
    /// Median time a frame took, in microseconds.
    let frameMicroseconds: Double

    enum CodingKeys: String, CodingKey {
        case source, seed, hours
        case scenesOfEachKind = "scenes"
        case rows = "labels"
        case frameMicroseconds = "frame_us"
    }

    init(
        _ score: InteractionScore, _ crowd: InteractionScore, times: [Duration], source: InteractionTrial.Source,
        scenes: Int, seed: UInt64
    ) {
        self.source = source.rawValue
        scenesOfEachKind = scenes
        self.seed = seed
        hours = (score.seconds + crowd.seconds) / 3600
        rows = InteractionKind.allCases.map { kind in
            let entry = score.entries[kind.rawValue] ?? .init()
            let alarms = crowd.entries[kind.rawValue]?.found ?? 0
            return Row(
                label: kind.rawValue, truths: entry.truths, found: entry.found, precision: entry.precision,
                recall: entry.recall, f1: entry.f1,
                rightWay: entry.oneSided > 0 ? Double(entry.rightWay) / Double(entry.oneSided) : nil,
                onsetDelay: entry.medianDelay,
                calibrationError: InteractionScore.calibrationError(entry.verdicts),
                crowdFalseAlarmsPerHour: crowd.seconds > 0 ? Double(alarms) / crowd.seconds * 3600 : 0)
        }
        frameMicroseconds = times.isEmpty ? 0 : times.sorted()[times.count / 2].inSeconds * 1e6
    }

    func jsonLine() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }

    var text: String {
        var table = TextTable([
            ("WHAT", .left), ("TRUE", .right), ("FOUND", .right), ("PRECISION", .right), ("RECALL", .right),
            ("F1@0.25", .right), ("RIGHT WAY", .right), ("ONSET", .right), ("ECE", .right), ("CROWDS", .right),
        ])
        for row in rows {
            table.append([
                row.label, "\(row.truths)", "\(row.found)", String(format: "%.3f", row.precision),
                String(format: "%.3f", row.recall), String(format: "%.3f", row.f1),
                row.rightWay.map { String(format: "%.3f", $0) } ?? "",
                row.onsetDelay.map { String(format: "%.2f s", $0) } ?? "",
                String(format: "%.3f", row.calibrationError), String(format: "%.0f/h", row.crowdFalseAlarmsPerHour),
            ])
        }
        return table.text
            + String(
                format: "%d scenes of each kind from seed %llu, seen by %@: %.1f h; %.1f us a frame\n",
                scenesOfEachKind,
                seed, source, hours, frameMicroseconds)
    }
}
