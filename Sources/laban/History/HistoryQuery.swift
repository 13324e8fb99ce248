import ArgumentParser
import Events
import Foundation
import History

/// What every question to a history can be narrowed by, and how its answer is printed.
struct HistoryQuery: ParsableArguments {
    @Option(
        name: [.long, .customLong("db")], help: ArgumentHelp("The history's file.", valueName: "file"))
    var history = "laban.db"

    @Option(help: ArgumentHelp("Not before this time.", valueName: "time"))
    var since: String?

    @Option(help: ArgumentHelp("Not after this time.", valueName: "time"))
    var until: String?

    @Option(help: "Only this camera.")
    var camera: String?

    @Option(help: ArgumentHelp("Only the person with this track number.", valueName: "number"))
    var track: Int?

    @Option(help: "Only this label.")
    var label: String?

    @Option(help: ArgumentHelp("At most so many rows, the newest.", valueName: "rows"))
    var limit: Int?

    @Flag(help: "Print JSON lines, nothing else.")
    var json = false

    @Flag(help: "Print comma-separated values with a heading line.")
    var csv = false

    @Flag(
        help: ArgumentHelp(
            "As --csv, with an apostrophe before texts that a spreadsheet would work out as formulas.",
            discussion: """
                Names and labels may come from outside, such as over the network: '=HYPERLINK(…)' in a cell is run by \
                spreadsheets when the file is opened. Numbers stay as they are.
                """))
    var spreadsheet = false

    @Flag(help: "Exit with code 3 when nothing matched.")
    var failIfEmpty = false

    func validate() throws {
        if json, csv || spreadsheet {
            throw ValidationError("--json and \(csv ? "--csv" : "--spreadsheet") exclude each other")
        }
        if let limit, limit < 1 { throw ValidationError("--limit: expected 1 or more, found \(limit)") }
    }

    /// Asks, and prints the answer.
    func answer(_ ask: (HistoryReader, HistoryFilter) throws -> ResultTable) throws {
        let now = UnixTime(Date())
        let filter = HistoryFilter(
            since: try since.map { try TimePhrase.parse($0, now: now).start },
            until: try until.map { try TimePhrase.parse($0, now: now).end }, camera: camera, track: track,
            label: label, limit: limit)
        if let since = filter.since, let until = filter.until, since >= until {
            throw ValidationError("--since: expected a time before that of --until, found '\(self.since ?? "")'")
        }
        let reader = try HistoryReader(path: history)
        let table = try ask(reader, filter)
        try HistoryHolesCommand.warn(reader, filter)
        let isCSV = csv || spreadsheet
        let text = json ? table.jsonLines() : isCSV ? table.csv(isForSpreadsheet: spreadsheet) : table.text()
        try StandardOutput.write(PrintableText(verbatim: text))
        if table.rows.isEmpty {
            if !json, !isCSV { Terminal.standardError.write("Nothing matched.\n") }
            if failIfEmpty { throw ExitCode(3) }
        }
    }
}
