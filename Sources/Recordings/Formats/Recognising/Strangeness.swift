import Foundation
import JSONLines

/// What a file or folder is seen to hold when nothing in it is known: for the one who must mend it.
enum Strangeness {
    /// A phrase such as `a JSON object with the keys a, b`.
    static func of(_ path: String) -> String {
        if let names = try? FrameFolder.names(in: path) {
            return names.isEmpty
                ? "an empty folder"
                : "a folder with " + names.prefix(3).map(quoted).joined(separator: ", ")
                    + (names.count > 3 ? " … (\(names.count) files)" : "")
        }
        guard let window = try? FileWindow(path: path), (try? window.fill(line: 1)) == true else {
            return "an empty file"
        }
        if let found = json(path) { return found }
        let head = window.buffer[window.unread.prefix(2_000)]
        if let text = String(validating: head.prefix { $0 != 0x0A }, as: UTF8.self), !head.contains(0) {
            let line = quoted(text.trimmingCharacters(in: .whitespacesAndNewlines))
            let isTable = path.lowercased().hasSuffix(".csv") || path.lowercased().hasSuffix(".tsv")
            return isTable
                ? "a table that begins with \(line) and lacks \(TableColumns.expected)"
                : "text that begins with \(line)"
        }
        return "bytes that begin with " + head.prefix(8).map { String(format: "%02x", $0) }.joined(separator: " ")
    }

    private static func json(_ path: String) -> String? {
        guard let records = try? JSONRecords(path: path, container: .members), let first = try? records.peek() else {
            return nil
        }
        if first == UInt8(ascii: "{") {
            guard let keys = try? keys(records) else { return nil }
            return keys.isEmpty ? "an empty JSON object" : "a JSON object with the keys " + keys.joined(separator: ", ")
        }
        guard first == UInt8(ascii: "["), let elements = try? JSONRecords(path: path, container: .array) else {
            return nil
        }
        guard let element = try? elements.next() else { return "a JSON array without elements" }
        var keys: [String] = []
        _ = try? element.read { (scanner) throws(JSONFault) in
            try scanner.readObject { (scanner, key) throws(JSONFault) in
                if keys.count < 8 { keys.append(quoted(try scanner.text(of: key))) }
                try scanner.skipValue()
            }
        }
        return keys.isEmpty ? "a JSON array" : "a JSON array of objects with the keys " + keys.joined(separator: ", ")
    }

    private static func keys(_ records: JSONRecords) throws(RecordingsError) -> [String] {
        var keys: [String] = []
        while keys.count < 8, let key = try records.nextKey() {
            keys.append(quoted(key))
            try records.skipValue()
        }
        return keys
    }

    /// A name from a file, shortened.
    private static func quoted(_ name: String) -> String { "'\(name.prefix(40))'" }
}
