import ArgumentParser
import Foundation
import LabanCommands

/// `Benchmarks events`: what it takes to keep and to publish events, against bare ZeroMQ and bare SQLite.
struct BenchEventsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "events",
        abstract: "Compare the way of an event to a subscriber, and into a history, with bare ZeroMQ and SQLite.",
        discussion: """
            Both sides take turns. Of the way to a subscriber are measured the microseconds from the call that publishes to \
            the last byte received, in another thread over ipc; the peer sends as many bytes as one message with XPUB and \
            SUB. 'kept' means committed to a history before it is published. Of a history is measured what a row takes, a \
            segment that begins and ends, from the first call until everything is committed; the peer runs the same two \
            statements with the same transactions of 500 events, on the same table with the same indices, or with none. Laban \
            copies its log on another thread meanwhile; the peer never does.

              swift run -c release Benchmarks events --rounds 9
              swift run -c release Benchmarks events --rate 20     as few events as a few cameras bring
            """)

    @Option(help: "Turns each side takes.")
    var rounds = 5

    @Option(help: "Events a second of those whose way is measured.")
    var rate = 2000

    @Option(help: "Events a turn whose way is measured, and a tenth of the rows.")
    var count = 2000

    @Option(
        help: ArgumentHelp(
            "Where histories are made; the usual place for such files when left out.", valueName: "folder"))
    var folder: String?

    @Flag(help: "Print one JSON object a row instead of a table.")
    var json = false

    func validate() throws {
        for (option, value, most) in [("rounds", rounds, 1000), ("rate", rate, 100_000), ("count", count, 100_000)] {
            guard (1...most).contains(value) else {
                throw ValidationError("--\(option): expected 1 to \(most), found \(value)")
            }
        }
    }

    func run() throws {
        let place = (folder.map { URL(filePath: $0) } ?? FileManager.default.temporaryDirectory)
            .appending(path: "laban-bench-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: place) }
        let ways = try EventWayBench(folder: place, rate: rate, count: count).comparisons(rounds: rounds)
        let rows = try HistoryBench(folder: place, rows: count * 10).comparisons(rounds: rounds)
        if json {
            for row in ways + rows { try StandardOutput.print(JSONLine.text(row.row)) }
            return
        }
        let command = CommandLine.arguments.dropFirst().joined(separator: " ")
        for line in Comparison.table(ways + rows, command: command) { try StandardOutput.print(line) }
    }
}
