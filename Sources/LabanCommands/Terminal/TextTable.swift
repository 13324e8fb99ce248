import Printing

/// Rows of text under aligned headings.
package struct TextTable {
    /// To which side a column's texts are pushed.
    package enum Alignment { case left, right }

    private let headings: [String]
    private let alignments: [Alignment]
    private var rows: [[String]] = []

    package init(_ columns: [(heading: String, alignment: Alignment)]) {
        headings = columns.map(\.heading)
        alignments = columns.map(\.alignment)
    }

    /// Adds a row, one text a column; it is made printable.
    package mutating func append(_ row: [String]) {
        precondition(row.count == headings.count, "a row has one text a column")
        rows.append(row.map(\.printable))
    }

    /// The table, every line ended.
    package var text: String {
        let lines = [headings] + rows
        let widths = headings.indices.map { column in lines.map { $0[column].count }.max() ?? 0 }
        return lines.map { line in
            let cells = line.indices.map { column in
                let padding = String(repeating: " ", count: widths[column] - line[column].count)
                return alignments[column] == .left ? line[column] + padding : padding + line[column]
            }
            var text = cells.joined(separator: "  ")
            while text.last == " " { text.removeLast() }
            return text + "\n"
        }.joined()
    }
}
