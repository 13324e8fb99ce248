package import Events

/// A time in which the history could not be written to, or of which part was lost.
package struct HoleRecord: Sendable, Hashable {
    package var eventID: String
    package var run: String
    package var start: UnixTime
    package var end: UnixTime
    /// Whether it had not been closed when it was last heard of.
    package var isOpen: Bool
    /// Events that are missing; 0 where everything was written late; nil where nobody knows how many.
    package var dropped: Int?
    /// What refused or damaged it.
    package var message: String

    /// One sentence for people, without a full stop.
    package var sentence: String {
        let what =
            switch dropped {
            case 0: "everything was written late"
            case 1: "1 event is missing"
            case .some(let count): "\(count) events are missing"
            case nil: "part may be missing"
            }
        return "from \(start.localText()) to \(end.localText()) \(what): \(message)"
    }
}

extension ResultTable {
    /// Holes, with what is missing and why.
    package init(_ records: [HoleRecord]) {
        self.init(
            columns: [
                ("start_us", "start"), ("end_us", "end"), ("open", nil), ("dropped", "missing"), ("message", "why"),
                ("id", nil), ("run", nil),
            ],
            rows: records.map { record in
                [
                    .time(record.start), .time(record.end), .flag(record.isOpen), Cell(record.dropped),
                    .text(record.message), .text(record.eventID), .text(record.run),
                ]
            })
    }
}
