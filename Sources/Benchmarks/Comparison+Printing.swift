import Foundation
import LabanCommands

extension Comparison {
    /// A table in the form of Markdown, so that README can hold it as it is.
    static func table(_ comparisons: [Comparison], command: String) -> [String] {
        let machine = Machine.current
        let rows = comparisons.map { row in
            let cells = [
                row.name, number(row.ours.min()) + " " + row.unit, number(row.peers.min()) + " " + row.unit,
                number(row.bestRatio) + "x", number(row.medianRatio) + "x", row.promise.words,
                row.isKept ? "yes" : "no",
            ]
            return "| " + cells.joined(separator: " | ") + " |"
        }
        return [
            "`Benchmarks \(command)` on \(machine.processor), \(machine.system), \(machine.build) build", "",
            "| What | Laban | peer | best ratio | median ratio | promise | kept |",
            "| --- | --- | --- | --- | --- | --- | --- |",
        ] + rows
    }

    /// A comparison as one object of JSON.
    struct Row: Encodable {
        let name, unit, promise: String
        let laban, peer: [Double]
        let best_ratio, median_ratio: Double
        let kept: Bool
    }

    var row: Row {
        Row(
            name: name, unit: unit, promise: promise.words, laban: ours, peer: peers, best_ratio: bestRatio,
            median_ratio: medianRatio, kept: isKept)
    }

    private static func number(_ value: Double?) -> String {
        let value = value ?? .nan
        return String(format: value < 1 ? "%.3f" : "%.2f", value)
    }
}
