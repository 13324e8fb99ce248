import Foundation
import LabanCommands

/// What `Benchmarks pose` prints.
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
        var lines = Comparison.table(comparisons, command: command)
        func megabytes(_ bytes: Int, most: Int) -> String {
            "\(bytes / 1_000_000) MB |  |  |  | ≤ \(most) MB | \(bytes <= most * 1_000_000 ? "yes" : "no") |"
        }
        lines.append("| memory with one camera | " + megabytes(memory.oneCamera, most: 250))
        lines.append("| memory of each further camera | " + megabytes(memory.eachFurther, most: 40))
        lines += missing.map { "\nNot measured: \($0)" }
        return lines.joined(separator: "\n")
    }

    func jsonLines() throws -> String {
        struct Summary: Encodable {
            let machine: Machine
            let memory_bytes, further_camera_bytes: Int
            let missing: [String]
        }
        let summary = Summary(
            machine: .current, memory_bytes: memory.oneCamera, further_camera_bytes: memory.eachFurther,
            missing: missing)
        return try (comparisons.map { try JSONLine.text($0.row) } + [JSONLine.text(summary)]).joined(separator: "\n")
    }
}
