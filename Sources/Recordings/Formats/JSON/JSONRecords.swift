import Foundation
import JSONLines

/// Hands out the values of a JSON file one by one, so that a file larger than memory can be read.
///
/// Only what leads to the values is looked at here; each value is found by its brackets and read later.
final class JSONRecords {
    /// How the values lie in the file.
    enum Container: Sendable, Hashable {
        /// One after another, usually one a line.
        case values
        /// As elements of one array.
        case array
        /// As elements of an array under this key of one object.
        case arrayUnder(String)
        /// As members of one object.
        case members
    }

    private enum Place { case before, first, inside, after }

    private let window: FileWindow
    private let container: Container
    private var place = Place.before
    /// The line of the next unread byte, counted from 1.
    private(set) var line = 1
    /// Values handed out so far.
    private var count = 0

    init(path: String, container: Container) throws(RecordingsError) {
        window = try FileWindow(path: path)
        self.container = container
        // A byte order mark is no JSON, but some programs write it.
        while window.unread.count < 3 { if try !window.fill(line: 1) { break } }
        if window.buffer[window.unread].starts(with: [0xEF, 0xBB, 0xBF]) { window.consume(3) }
    }

    var file: String { window.file }

    /// The next value, or nil when there is none left.
    func next() throws(RecordingsError) -> JSONRecord? {
        switch container {
        case .values: return try peek() == nil ? nil : try value(named: nil)
        case .array, .arrayUnder:
            if place == .before { try enterArray() }
            guard try advance(to: "]") else { return nil }
            return try value(named: nil)
        case .members:
            guard let name = try nextKey() else { return nil }
            return try value(named: name)
        }
    }

    /// The next key of the object the file consists of; its value comes next. Nil when there is none left.
    func nextKey() throws(RecordingsError) -> String? {
        if place == .before {
            try expect("{")
            place = .first
        }
        guard try advance(to: "}") else { return nil }
        let name = try value(named: nil).read { (scanner) throws(JSONFault) in try scanner.readString() }
        count -= 1
        try expect(":")
        return name
    }

    /// The next byte that is not white space, which stays unread; nil at the end.
    func peek() throws(RecordingsError) -> UInt8? {
        while true {
            while let byte = window.unread.first.map({ window.buffer[$0] }) {
                guard byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D else { return byte }
                if byte == 0x0A { line += 1 }
                window.consume(1)
            }
            guard try window.fill(line: line) else { return nil }
        }
    }

    /// The value that comes next.
    func value(named name: String?) throws(RecordingsError) -> JSONRecord {
        guard try peek() != nil else { throw fault("a value", nil) }
        var extent = JSONExtent()
        while true {
            let length = window.buffer.withUnsafeBytes { bytes in
                extent.find(in: UnsafeRawBufferPointer(rebasing: bytes[window.unread]))
            }
            if let length {
                guard length > 0 else { throw fault("a value", try peek()) }
                return take(length, name)
            }
            guard try window.fill(line: line) else {
                // A number or word may end with the file; anything else is cut short.
                if extent.isComplete { return take(window.unread.count, name) }
                throw fault("the end of a value", nil)
            }
        }
    }

    /// Steps over the value that comes next, however long.
    func skipValue() throws(RecordingsError) {
        guard try peek() != nil else { throw fault("a value", nil) }
        var extent = JSONExtent()
        while true {
            let unread = window.unread
            let length = window.buffer.withUnsafeBytes { extent.find(in: UnsafeRawBufferPointer(rebasing: $0[unread])) }
            let passed = length ?? unread.count
            line += window.buffer[unread.prefix(passed)].count { $0 == 0x0A }
            window.consume(passed)
            if length != nil { return }
            extent.forgetScanned()
            guard try window.fill(line: line) else {
                if extent.isComplete { return }
                throw fault("the end of a value", nil)
            }
        }
    }

    /// Goes to the array that holds the values.
    private func enterArray() throws(RecordingsError) {
        if case .arrayUnder(let key) = container {
            while true {
                guard let name = try nextKey() else {
                    throw RecordingsError(
                        file: file, line: line, message: "expected key \"\(key)\", found the end of the object")
                }
                if name == key { break }
                try skipValue()
            }
        }
        try expect("[")
        place = .first
    }

    /// Steps over what separates values; false when `end` came instead.
    private func advance(to end: Unicode.Scalar) throws(RecordingsError) -> Bool {
        if place == .after { return false }
        let byte = try peek()
        if byte == UInt8(ascii: end), place == .first || place == .inside {
            window.consume(1)
            place = .after
            return false
        }
        if place == .inside {
            guard byte == UInt8(ascii: ",") else { throw fault("',' or '\(end)'", byte) }
            window.consume(1)
        }
        place = .inside
        return true
    }

    private func expect(_ character: Unicode.Scalar) throws(RecordingsError) {
        let byte = try peek()
        guard byte == UInt8(ascii: character) else { throw fault("'\(character)'", byte) }
        window.consume(1)
    }

    private func take(_ length: Int, _ name: String?) -> JSONRecord {
        let range = window.unread.prefix(length)
        count += 1
        let record = JSONRecord(
            name: name, bytes: window.buffer, range: range, file: file, line: line, number: count,
            hasOwnLine: line > 1 || container == .values && count == 1, offset: window.offset + range.lowerBound)
        line += window.buffer[range].count { $0 == 0x0A }
        window.consume(length)
        return record
    }

    private func fault(_ expected: String, _ found: UInt8?) -> RecordingsError {
        let found = found.map { "'" + String(UnicodeScalar($0)) + "'" } ?? "the end of the file"
        let isFirst = line == 1 && (container != .values || count > 0)
        return RecordingsError(
            file: file, line: isFirst ? nil : line, place: isFirst ? "record \(count + 1)" : "",
            message: "expected \(expected), found \(found) at byte \(window.offset + window.unread.lowerBound + 1)")
    }
}

/// Finds where a JSON value ends by its brackets and quotation marks alone, over bytes that come in parts.
private struct JSONExtent {
    private var scanned = 0
    private var depth = 0
    private var inString = false
    private var escaped = false
    private var isBare = false

    /// What follows comes without the bytes given so far.
    mutating func forgetScanned() { scanned = 0 }

    /// Whether the bytes so far may be a whole value.
    var isComplete: Bool { isBare }

    /// How many of `bytes`, which begin with the value, belong to it; nil when its end is not among them.
    mutating func find(in bytes: UnsafeRawBufferPointer) -> Int? {
        while scanned < bytes.count {
            let byte = bytes[scanned]
            if inString {
                scanned += 1
                if escaped {
                    escaped = false
                } else if byte == UInt8(ascii: "\\") {
                    escaped = true
                } else if byte == UInt8(ascii: "\"") {
                    inString = false
                    if depth == 0 { return scanned }
                }
                continue
            }
            switch byte {
            case UInt8(ascii: "\""):
                if isBare { return scanned }
                inString = true
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                if isBare { return scanned }
                depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                if depth == 0 { return scanned }
                depth -= 1
                if depth == 0 {
                    scanned += 1
                    return scanned
                }
            case UInt8(ascii: ","), UInt8(ascii: ":"), 0x20, 0x09, 0x0A, 0x0D:
                if depth == 0 { return scanned }
            default: if depth == 0 { isBare = true }
            }
            scanned += 1
        }
        return nil
    }
}
