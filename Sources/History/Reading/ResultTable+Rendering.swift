import Events
package import Foundation
import JSONLines
import Printing
import Skeleton

extension ResultTable {
    /// One JSON object a row, each with a line end; empty cells are left out.
    package func jsonLines() -> String {
        var writer = JSONWriter()
        for row in rows {
            writer.openObject()
            for (column, cell) in zip(columns, row) where cell != .none {
                writer.key(quoting: column.key)
                cell.write(to: &writer)
            }
            writer.closeObject()
            writer.endLine()
        }
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    /// Comma-separated values with a heading line (RFC 4180), one line a row.
    ///
    /// - Parameter isForSpreadsheet: whether texts that a spreadsheet would take for formulas get an apostrophe.
    package func csv(isForSpreadsheet: Bool = false) -> String {
        var text = columns.map(\.key.csvField).joined(separator: ",") + "\r\n"
        for row in rows {
            text +=
                row.map { cell in
                    let field = cell.plainText
                    return (isForSpreadsheet && cell.isText ? field.withoutFormula : field).csvField
                }.joined(separator: ",") + "\r\n"
        }
        return text
    }

    /// Aligned columns with times in the calendar's zone and durations in words; empty when there are no rows. Times that a clock
    /// shows twice, when summer time ends, have their offset.
    package func text(calendar: Calendar = .history) -> String {
        guard !rows.isEmpty else { return "" }
        let shown = columns.indices.filter { index in
            columns[index].heading != nil && rows.contains { $0[index] != .none }
        }
        let headings = shown.map { columns[$0].heading ?? "" }
        let cells = rows.map { row in shown.map { row[$0].humanText(calendar) } }
        let widths = shown.indices.map { place in
            cells.reduce(headings[place].count) { max($0, $1[place].count) }
        }
        let isNumeric = shown.map { column in rows.contains { $0[column].isNumeric } }
        func line(_ texts: [String]) -> String {
            var line = ""
            for (place, text) in texts.enumerated() {
                let padding = String(repeating: " ", count: widths[place] - text.count)
                line += (place == 0 ? "" : "  ") + (isNumeric[place] ? padding + text : text + padding)
            }
            return String(line.reversed().drop { $0 == " " }.reversed()) + "\n"
        }
        return cells.reduce(line(headings)) { $0 + line($1) }
    }
}

extension ResultTable.Cell {
    fileprivate var isNumeric: Bool {
        switch self {
        case .integer, .number, .duration: true
        case .none, .unknown, .text, .flag, .time: false
        }
    }

    fileprivate var isText: Bool {
        switch self {
        case .text: true
        case .none, .unknown, .integer, .number, .flag, .time, .duration: false
        }
    }

    fileprivate func write(to writer: inout JSONWriter) {
        switch self {
        case .none, .unknown: writer.null()
        case .text(let text): writer.value(text)
        case .integer(let number): writer.value(Int64(number))
        case .number(let number): writer.value(rounding: number)
        case .flag(let flag): writer.value(flag)
        case .time(let time): writer.value(time.microseconds)
        case .duration(let duration): writer.value(duration.inMicroseconds)
        }
    }

    fileprivate var plainText: String {
        switch self {
        case .none, .unknown: return ""
        case .text(let text): return text
        case .integer, .number, .flag, .time, .duration:
            var writer = JSONWriter()
            write(to: &writer)
            return String(decoding: writer.bytes, as: UTF8.self)
        }
    }

    func humanText(_ calendar: Calendar) -> String {
        switch self {
        case .time(let time): LocalTime.text(of: time.date, in: calendar.timeZone)
        case .duration(let duration): Self.humanDuration(duration.inSeconds)
        case .number(let number): String(format: "%.2f", number)
        case .unknown: "unknown"
        default: plainText.printable
        }
    }

    /// `0.7 s`, `42.0 s`, `3 min 05 s`, `2 h 07 min`.
    private static func humanDuration(_ seconds: Double) -> String {
        let whole = Int(seconds.rounded())
        if seconds < 59.95 { return String(format: "%.1f s", seconds) }
        if whole < 3600 { return String(format: "%d min %02d s", whole / 60, whole % 60) }
        return String(format: "%d h %02d min", whole / 3600, whole % 3600 / 60)
    }
}
