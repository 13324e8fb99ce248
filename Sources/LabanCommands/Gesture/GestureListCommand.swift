import ArgumentParser
import Foundation
import LabanServer
import MotionRules
import Recognition

/// `laban gesture list`: what is looked for.
struct GestureListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Show every gesture and exercise, by rule or taught, after checking its file.",
        discussion: """
            Every fault of every file is told with its line; exits with 2 when there is one. What is without fault is \
            listed, and looked for by 'run' and 'serve', all the same.

            Examples:
              laban gesture list
              laban gesture list --json | jq -r 'select(.kind == "taught") | .name'
            """)

    @Flag(help: "Print one JSON object a gesture, and nothing else.")
    var json = false

    @OptionGroup var resources: ResourceOptions

    private struct Row: Encodable {
        let name, kind: String
        var examples: Int?
        var threshold: Float?
        var mirror: Bool?
    }

    func run() throws {
        let folder = try resources.gestureFolder()
        let rows =
            (folder.rules.exercises.map(\.name) + folder.rules.holds.map(\.label)).sorted().map {
                Row(name: $0, kind: "exercise")
            }
            + folder.rules.gestures.map { Row(name: $0.label, kind: "gesture") }
            + folder.taught.map {
                Row(
                    name: $0.name, kind: "taught", examples: $0.examples.count, threshold: $0.threshold,
                    mirror: $0.isMirrored)
            }
        if json {
            for row in rows { try StandardOutput.print(JSONLine.text(row)) }
        } else {
            var table = TextTable([("NAME", .left), ("KIND", .left), ("EXAMPLES", .right), ("THRESHOLD", .right)])
            for row in rows {
                table.append([
                    row.name, row.kind + (row.mirror == true ? ", mirrored" : ""), row.examples.map(String.init) ?? "",
                    row.threshold.map { String(format: "%.2f", $0) } ?? "",
                ])
            }
            try StandardOutput.print(table.text, terminator: "")
        }
        guard folder.faults.isEmpty else {
            for fault in folder.faults { Terminal.standardError.write("Error: \(lines: fault)\n") }
            throw ExitCode(2)
        }
    }
}

extension GestureFolder {
    /// Says on standard error which files were left out, and why.
    func warn() {
        for fault in faults { Terminal.standardError.write("Warning: left out: \(lines: fault)\n") }
    }
}
