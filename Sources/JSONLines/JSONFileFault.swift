/// Why a file is not one JSON object, and where: files that people write are told by line and column.
package struct JSONFileFault: Error, Sendable, Hashable {
    /// Counted from 1.
    package let line: Int
    /// Characters of the line, counted from 1.
    package let column: Int
    /// What was expected and what was found, as one sentence without a full stop.
    package let message: String

    /// Nil where the bytes are one object, and no object in it gives a key twice.
    package init?(_ bytes: [UInt8]) {
        let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let start = bytes.starts(with: byteOrderMark) ? byteOrderMark.count : 0
        var scanner = JSONScanner(bytes, in: start..<bytes.count, isFile: true)
        do throws(JSONFault) {
            guard scanner.peek() == UInt8(ascii: "{") else { throw scanner.fault(expected: "a JSON object") }
            try Self.check(&scanner, depth: 0)
            try scanner.expectEnd()
            return nil
        } catch {
            let before = bytes[start..<start + error.offset]
            let lines = before.split(separator: 0x0A, omittingEmptySubsequences: false)
            line = lines.count
            // The bytes of a character after its first begin with the bits 10.
            column = lines[lines.count - 1].count { $0 & 0xC0 != 0x80 } + 1
            message = "expected \(error.expected), found \(error.found)"
        }
    }

    private static func check(_ scanner: inout JSONScanner, depth: Int) throws(JSONFault) {
        guard depth < JSONScanner.greatestDepth else { throw scanner.fault(expected: "fewer nested values") }
        switch scanner.peek() {
        case UInt8(ascii: "{"):
            var names: Set<String> = []
            try scanner.readObject { (scanner, key) throws(JSONFault) in
                let name = try scanner.text(of: key)
                guard names.insert(name).inserted else {
                    throw scanner.fault(at: key, expected: "each key once", found: "'\(name)' again")
                }
                try check(&scanner, depth: depth + 1)
            }
        case UInt8(ascii: "["):
            try scanner.readArray { (scanner) throws(JSONFault) in try check(&scanner, depth: depth + 1) }
        case UInt8(ascii: "\""): _ = try scanner.readString()
        case UInt8(ascii: "t"), UInt8(ascii: "f"), UInt8(ascii: "n"): try scanner.skipValue()
        case let byte? where byte == UInt8(ascii: "-") || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte:
            _ = try scanner.readPlainNumber()
        default: throw scanner.fault(expected: "a value")
        }
    }
}
