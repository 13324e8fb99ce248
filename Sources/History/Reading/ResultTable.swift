package import Events

/// Rows of an answer, ready to be shown as a table, JSON lines or CSV.
package struct ResultTable: Sendable, Hashable {
    package struct Column: Sendable, Hashable {
        /// The key in JSON and CSV, with the unit where there is one.
        package let key: String
        /// The heading of the table; nil keeps the column out of tables for people.
        package let heading: String?
    }

    package enum Cell: Sendable, Hashable {
        case none
        /// What ought to be there and cannot be read; null for programs.
        case unknown
        case text(String)
        case integer(Int)
        case number(Double)
        case flag(Bool)
        /// A moment; microseconds since 1970 for programs.
        case time(UnixTime)
        /// Whole microseconds for programs.
        case duration(Duration)
    }

    package let columns: [Column]
    /// As many cells a row as there are columns.
    package let rows: [[Cell]]

    init(columns: [(key: String, heading: String?)], rows: [[Cell]]) {
        self.columns = columns.map { Column(key: $0.key, heading: $0.heading) }
        self.rows = rows
        precondition(rows.allSatisfy { $0.count == columns.count }, "a cell for every column")
    }
}

extension ResultTable.Cell {
    init(_ text: String?) { self = text.map { .text($0) } ?? .none }
    init(_ number: Int?) { self = number.map { .integer($0) } ?? .none }
    init(_ number: Double?) { self = number.map { .number($0) } ?? .none }
    init(_ flag: Bool?) { self = flag.map { .flag($0) } ?? .none }
    init(_ duration: Duration?) { self = duration.map { .duration($0) } ?? .none }
}
