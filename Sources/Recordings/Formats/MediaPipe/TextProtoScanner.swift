/// Walks over protocol buffer text: `name: value` and `name { … }`, with comments after `#`.
struct TextProtoScanner {
    struct Field {
        let name: String
        /// Whether fields of its own follow, up to a brace; otherwise one value does.
        let isMessage: Bool
    }

    private let bytes: [UInt8]
    private let file: String
    private var position = 0
    private var line = 1
    private var depth = 0

    /// Messages nested deeper than this are refused.
    private static let greatestDepth = 64

    init(_ bytes: [UInt8], file: String) {
        self.bytes = bytes
        self.file = file
    }

    /// The next field of the present message; nil at its end, which is then behind.
    mutating func nextField() throws(RecordingsError) -> Field? {
        skipSpace()
        guard position < bytes.count else {
            guard depth == 0 else { throw error(expected: "'}'", found: "the end of the file") }
            return nil
        }
        if bytes[position] == UInt8(ascii: "}"), depth > 0 {
            position += 1
            depth -= 1
            return nil
        }
        let name = try word(expected: "a field's name")
        skipSpace()
        let hasColon = skip(":")
        if hasColon { skipSpace() }
        if skip("{") {
            depth += 1
            guard depth < Self.greatestDepth else { throw error(expected: "fewer nested messages", found: "more") }
            return Field(name: name, isMessage: true)
        }
        guard hasColon else { throw error(expected: "':' or '{' after \(name)", found: whatIsHere) }
        return Field(name: name, isMessage: false)
    }

    /// The value of a field that is no message.
    mutating func value() throws(RecordingsError) -> String {
        skipSpace()
        guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else {
            return try word(expected: "a value")
        }
        let start = position
        position += 1
        while position < bytes.count, bytes[position] != UInt8(ascii: "\""), bytes[position] != 0x0A {
            position += bytes[position] == UInt8(ascii: "\\") ? 2 : 1
        }
        guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else {
            position = min(position, bytes.count)
            throw error(expected: "the end of a string", found: whatIsHere)
        }
        position += 1
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    /// Steps over the rest of the present message.
    mutating func skipMessage() throws(RecordingsError) {
        let outside = depth - 1
        while depth > outside {
            guard let field = try nextField() else { continue }
            if !field.isMessage { _ = try value() }
        }
    }

    func error(expected: String, found: String) -> RecordingsError {
        RecordingsError(file: file, line: line, message: "expected \(expected), found \(found)")
    }

    private mutating func word(expected: String) throws(RecordingsError) -> String {
        let start = position
        while position < bytes.count, Self.isWord(bytes[position]) { position += 1 }
        guard position > start else { throw error(expected: expected, found: whatIsHere) }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private mutating func skip(_ character: Unicode.Scalar) -> Bool {
        guard position < bytes.count, bytes[position] == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    private mutating func skipSpace() {
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "#"):
                while position < bytes.count, bytes[position] != 0x0A { position += 1 }
            case 0x0A:
                line += 1
                position += 1
            case 0x20, 0x09, 0x0D, UInt8(ascii: ","), UInt8(ascii: ";"): position += 1
            default: return
            }
        }
    }

    private var whatIsHere: String {
        guard position < bytes.count else { return "the end of the file" }
        return "'" + String(decoding: bytes[position..<min(position + 16, bytes.count)], as: UTF8.self) + "'"
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "-"),
            UInt8(ascii: "+"):
            true
        default: false
        }
    }
}
