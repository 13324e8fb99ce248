import ArgumentParser
import Events
import History

/// `laban history holes`.
struct HistoryHolesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "holes",
        abstract: "Times in which something is missing, newest first: since when, until when, how much, why.",
        discussion: """
            Something is missing where a full disk or another program kept events from being written for too long, or \
            where part of the file was damaged. Where 0 events are missing they were only written late.
            """)

    @OptionGroup var query: HistoryQuery

    func run() throws {
        try query.answer(about: EventKind.allCases) { reader, filter in .init(try reader.holes(filter)) }
    }

    /// Says on standard error what an answer lacks.
    static func warn(_ reader: HistoryReader, _ filter: HistoryFilter) throws {
        var notes = try reader.holes(filter).filter { $0.dropped != 0 }.map {
            "part of the answer is missing: \($0.sentence)"
        }
        if let damage = reader.damage {
            notes.append(
                "this history is damaged: \(damage); the next run that writes to it keeps the files as they are")
        }
        for note in notes.prefix(most) {
            Terminal.standardError.write("Warning: \(reader.path): \(note)\n")
        }
        if notes.count > most {
            Terminal.standardError.write("Warning: \(notes.count - most) more: see 'laban history holes'\n")
        }
    }

    private static let most = 5
}
