import Files
import Foundation

/// A comma-separated file with a heading line (RFC 4180): quoted fields, either kind of line end.
package struct CSVTable: Sendable, Equatable {
    /// The file as it was given, for errors.
    package let file: String
    package let columns: [String]
    /// One array a row, with as many fields as there are columns.
    package let rows: [[String]]
    /// The line each row begins on, counted from 1.
    package let lines: [Int]

    private static let largestFile = 1 << 30

    /// Reads the whole file; rows with too many or too few fields are errors, empty lines are passed over.
    package init(path: String) throws(RecordingsError) {
        try self.init(
            reading { () throws(FileError) in try RegularFile.read(path, limit: Self.largestFile) }, file: path)
    }

    /// Reads a file that is in memory already.
    package init(_ bytes: [UInt8], file: String) throws(RecordingsError) {
        let records = try Self.records(of: bytes, file: file)
        guard let heading = records.first else {
            throw RecordingsError(file: file, line: 1, message: "expected a line of column names, found nothing")
        }
        for record in records where record.fields.count != heading.fields.count {
            throw RecordingsError(
                file: file, line: record.line,
                message: "expected \(heading.fields.count) fields, found \(record.fields.count)")
        }
        self.file = file
        columns = heading.fields
        rows = records.dropFirst().map(\.fields)
        lines = records.dropFirst().map(\.line)
    }

    /// The index of a column, or an error that names it.
    package func column(_ name: String) throws(RecordingsError) -> Int {
        guard let index = columns.firstIndex(of: name) else {
            throw RecordingsError(
                file: file, line: 1,
                message: "expected a column '\(name)', found " + columns.joined(separator: ", "))
        }
        return index
    }

    /// A whole number from a field, or an error that names the place.
    package func integer(row: Int, column: Int) throws(RecordingsError) -> Int {
        guard let value = Int(rows[row][column]) else {
            throw RecordingsError(
                file: file, line: lines[row],
                message: "expected a whole number in column '\(columns[column])', found '\(rows[row][column])'")
        }
        return value
    }

    /// One row as values by column name.
    package func attributes(row: Int) -> [String: String] {
        Dictionary(zip(columns, rows[row]), uniquingKeysWith: { first, _ in first })
    }

    private static func records(
        of bytes: [UInt8], file: String
    ) throws(RecordingsError) -> [(line: Int, fields: [String])] {
        let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
        var position = bytes.starts(with: byteOrderMark) ? 3 : 0
        var records: [(line: Int, fields: [String])] = []
        var fields: [String] = []
        var field: [UInt8] = []
        var line = 1
        var firstLine = 1
        var quoted = false
        var wasQuoted = false

        func endField() throws(RecordingsError) {
            guard let text = String(validating: field, as: UTF8.self) else {
                throw RecordingsError(file: file, line: line, message: "expected text in UTF-8")
            }
            fields.append(text)
            field.removeAll(keepingCapacity: true)
            wasQuoted = false
        }
        func endRecord() throws(RecordingsError) {
            if fields.isEmpty && field.isEmpty && !wasQuoted { return }
            try endField()
            records.append((firstLine, fields))
            fields.removeAll(keepingCapacity: true)
        }
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            if byte == 0x0A { line += 1 }
            if quoted {
                if byte != UInt8(ascii: "\"") {
                    field.append(byte)
                } else if position < bytes.count, bytes[position] == UInt8(ascii: "\"") {
                    field.append(byte)
                    position += 1
                } else {
                    quoted = false
                }
            } else if byte == UInt8(ascii: "\""), field.isEmpty, !wasQuoted {
                quoted = true
                wasQuoted = true
            } else if byte == UInt8(ascii: ",") {
                try endField()
            } else if byte == 0x0A {
                try endRecord()
                firstLine = line
            } else if byte == 0x0D, position == bytes.count || bytes[position] == 0x0A {
                continue
            } else {
                field.append(byte)
            }
        }
        if quoted {
            throw RecordingsError(file: file, line: firstLine, message: "expected the end of a quoted field")
        }
        try endRecord()
        return records
    }
}
