import ArgumentParser
import Events
import Foundation
import History

/// What every question to a history can be narrowed by, and how its answer is printed.
struct HistoryQuery: ParsableArguments {
    @Option(
        name: [.long, .customLong("db")], help: ArgumentHelp("The history's file.", valueName: "file"))
    var history = "laban.db"

    @Option(help: ArgumentHelp("What went on at this time or later, also when it began before.", valueName: "time"))
    var since: String?

    @Option(help: ArgumentHelp("What went on before this time.", valueName: "time"))
    var until: String?

    @Flag(help: "Only what began between --since and --until.")
    var started = false

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
    ///
    /// - Parameter kinds: what is asked about, to tell names that do not occur.
    func answer(about kinds: [EventKind], _ ask: (HistoryReader, HistoryFilter) throws -> ResultTable) throws {
        let filter = try filter()
        let reader = try HistoryReader(path: history)
        let table = try ask(reader, filter)
        try HistoryHolesCommand.warn(reader, filter)
        let isCSV = csv || spreadsheet
        let text = json ? table.jsonLines() : isCSV ? table.csv(isForSpreadsheet: spreadsheet) : table.text()
        try StandardOutput.write(PrintableText(verbatim: text))
        if table.rows.isEmpty {
            if !json, !isCSV { Terminal.standardError.write("Nothing matched.\n") }
            for sentence in try UnknownNames.sentences(filter, in: kinds, of: reader) {
                Terminal.standardError.write("\(sentence)\n")
            }
            if failIfEmpty { throw ExitCode(3) }
        }
    }

    /// Whether it leaves anything out.
    var isNarrowed: Bool {
        since != nil || until != nil || started || camera != nil || track != nil || label != nil || limit != nil
    }

    private func filter() throws -> HistoryFilter {
        var filter = try Self.filter(since: since, until: until, camera: camera)
        (filter.isOfBeginnings, filter.track, filter.label, filter.limit) = (started, track, label, limit)
        return filter
    }

    /// What `--since`, `--until` and `--camera` say.
    static func filter(since: String?, until: String?, camera: String?) throws -> HistoryFilter {
        let now = UnixTime(Date())
        let start = try since.map { try TimeOption.read($0, of: "--since", now: now).start }
        var end = try until.map { try TimeOption.read($0, of: "--until", now: now).end }
        if let start, let until = end {
            guard start <= until else {
                throw ValidationError("--since: expected a time not after that of --until, found '\(since ?? "")'")
            }
            // The same time twice asks for what went on at that moment.
            if start == until { end = until.adding(.microseconds(1)) }
        }
        return HistoryFilter(since: start, until: end, camera: camera, now: now)
    }
}
