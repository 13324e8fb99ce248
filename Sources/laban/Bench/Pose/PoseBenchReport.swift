import Foundation

/// What `laban bench pose` prints.
struct PoseBenchReport {
    struct Memory {
        /// Bytes of the whole process with one camera.
        var oneCamera: Int
        /// Bytes each further camera adds.
        var eachFurther: Int
    }

    let command: String
    var comparisons: [Comparison] = []
    var memory = Memory(oneCamera: 0, eachFurther: 0)
    /// What could not be measured, and why.
    var missing: [String] = []

    /// A table in the form of Markdown, so that README can hold it as it is.
    var table: String {
        let machine = Machine.current
        var lines = [
            "`laban \(command)` on \(machine.processor), \(machine.system), \(machine.build) build", "",
            "| What | Laban | peer | best ratio | median ratio | promise | kept |",
            "| --- | --- | --- | --- | --- | --- | --- |",
        ]
        for row in comparisons {
            let cells = [
                row.name, Self.number(row.ours.min()) + " " + row.unit, Self.number(row.peers.min()) + " " + row.unit,
                Self.number(row.bestRatio) + "x", Self.number(row.medianRatio) + "x", row.promise.words,
                row.isKept ? "yes" : "no",
            ]
            lines.append("| " + cells.joined(separator: " | ") + " |")
        }
        func megabytes(_ bytes: Int, most: Int) -> String {
            "\(bytes / 1_000_000) MB |  |  |  | ≤ \(most) MB | \(bytes <= most * 1_000_000 ? "yes" : "no") |"
        }
        lines.append("| memory with one camera | " + megabytes(memory.oneCamera, most: 250))
        lines.append("| memory of each further camera | " + megabytes(memory.eachFurther, most: 40))
        lines += missing.map { "\nNot measured: \($0)" }
        return lines.joined(separator: "\n")
    }

    func jsonLines() throws -> String {
        struct Row: Encodable {
            let name, unit, promise: String
            let laban, peer: [Double]
            let best_ratio, median_ratio: Double
            let kept: Bool
        }
        struct Summary: Encodable {
            let machine: Machine
            let memory_bytes, further_camera_bytes: Int
            let missing: [String]
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let rows = try comparisons.map { row in
            try encoder.encode(
                Row(
                    name: row.name, unit: row.unit, promise: row.promise.words, laban: row.ours, peer: row.peers,
                    best_ratio: row.bestRatio, median_ratio: row.medianRatio, kept: row.isKept))
        }
        let summary = try encoder.encode(
            Summary(
                machine: .current, memory_bytes: memory.oneCamera, further_camera_bytes: memory.eachFurther,
                missing: missing))
        return (rows + [summary]).map { String(decoding: $0, as: UTF8.self) }.joined(separator: "\n")
    }

    private static func number(_ value: Double?) -> String { String(format: "%.2f", value ?? .nan) }
}
