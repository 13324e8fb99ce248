import ArgumentParser
import Events
import Foundation
import History
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

            With --history, how often each was told there, of exercises how many repetitions, of those that are held how \
            often, and when for the last time.

            Examples:
              laban gesture list
              laban gesture list --history laban.db --since 'last 7 days'
              laban gesture list --json | jq -r 'select(.kind == "taught") | .name'
            """)

    @Flag(help: "Print one JSON object a gesture, and nothing else.")
    var json = false

    @OptionGroup(title: "The past") var past: PastOptions

    @OptionGroup var resources: ResourceOptions

    private struct Row: Encodable {
        let name, kind: String
        var examples: Int?
        var threshold: Float?
        var mirror: Bool?
        var count: Int?
        var last_used_us: Int64?
    }

    func run() throws {
        let folder = try resources.gestureFolder()
        var rows =
            (folder.rules.exercises.map(\.name) + folder.rules.holds.map(\.label)).sorted().map {
                Row(name: $0, kind: "exercise")
            }
            + folder.rules.gestures.map { Row(name: $0.label, kind: "gesture") }
            + folder.taught.map {
                Row(
                    name: $0.name, kind: "taught", examples: $0.examples.count, threshold: $0.threshold,
                    mirror: $0.isMirrored)
            }
        let uses = try past.open().map { reader, filter in
            (
                gestures: try reader.uses(.gesture, filter), exercises: try reader.uses(.rep, filter),
                holds: try reader.uses(.set, filter)
            )
        }
        let held = Set(folder.rules.holds.map(\.label))
        for index in rows.indices {
            guard let uses else { break }
            let name = rows[index].name
            let isExercise = rows[index].kind == "exercise"
            let use = (!isExercise ? uses.gestures : held.contains(name) ? uses.holds : uses.exercises)[name]
            (rows[index].count, rows[index].last_used_us) = (use?.count ?? 0, use?.last.microseconds)
        }
        if json {
            for row in rows { try StandardOutput.print(JSONLine.text(row)) }
        } else {
            var columns: [(heading: String, alignment: TextTable.Alignment)] = [
                ("NAME", .left), ("KIND", .left), ("EXAMPLES", .right), ("THRESHOLD", .right),
            ]
            if uses != nil { columns += [("COUNT", .right), ("LAST USED", .left)] }
            var table = TextTable(columns)
            for row in rows {
                var cells = [
                    row.name, row.kind + (row.mirror == true ? ", mirrored" : ""), row.examples.map(String.init) ?? "",
                    row.threshold.map { String(format: "%.2f", $0) } ?? "",
                ]
                if let count = row.count {
                    let last = row.last_used_us.map { UnixTime(microseconds: $0).localText() }
                    cells += ["\(count)", last ?? "never"]
                }
                table.append(cells)
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
