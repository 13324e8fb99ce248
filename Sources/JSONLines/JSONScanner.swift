import Foundation

/// Walks over one JSON text (RFC 8259) value by value, without building a tree.
///
/// Every read is bounds-checked and nesting is limited, so hostile text ends in a `JSONFault`.
package struct JSONScanner {
    private let bytes: [UInt8]
    private let start: Int
    private let end: Int
    /// Whether the text is a whole file rather than a line of one.
    private let isFile: Bool
    package private(set) var position: Int

    /// Values nested deeper than this are refused.
    package static let greatestDepth = 64

    /// Scans the whole of `bytes`.
    package init(_ bytes: [UInt8]) {
        self.init(bytes, in: 0..<bytes.count)
    }

    /// Scans one stretch of `bytes`.
    ///
    /// - Parameter isFile: whether it is a whole file rather than a line of one, which faults speak of.
    package init(_ bytes: [UInt8], in range: Range<Int>, isFile: Bool = false) {
        precondition(range.upperBound <= bytes.count, "the stretch lies within the bytes")
        self.bytes = bytes
        self.isFile = isFile
        end = range.upperBound
        position = range.lowerBound
        start = range.lowerBound
    }

    /// Bytes from the beginning of the text to the present place.
    package var length: Int { position - start }

    /// A fault at the present place.
    package func fault(expected: String) -> JSONFault {
        JSONFault(offset: position - start, expected: expected, found: whatIsHere())
    }

    /// A fault at a key that was read already.
    package func fault(at key: JSONKey, expected: String, found: String) -> JSONFault {
        JSONFault(offset: key.range.lowerBound - 1 - start, expected: expected, found: found)
    }

    /// The next byte that is not white space, which stays unread; nil at the end.
    @inline(__always)
    package mutating func peek() -> UInt8? {
        while position < end {
            let byte = bytes[position]
            guard byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D else { return byte }
            position += 1
        }
        return nil
    }

    /// Steps over `byte` if it comes next.
    @inline(__always)
    package mutating func skip(_ byte: UInt8) -> Bool {
        guard peek() == byte else { return false }
        position += 1
        return true
    }

    /// Steps over `null` if it comes next.
    package mutating func skipNull() -> Bool {
        guard peek() == UInt8(ascii: "n"), end - position >= 4, bytes[position + 1] == UInt8(ascii: "u"),
            bytes[position + 2] == UInt8(ascii: "l"), bytes[position + 3] == UInt8(ascii: "l")
        else { return false }
        position += 4
        return true
    }

    /// Steps over `NaN` if it comes next: JSON has no such word, but Python writes it.
    package mutating func skipNaN() -> Bool {
        guard peek() == UInt8(ascii: "N"), end - position >= 3, bytes[position + 1] == UInt8(ascii: "a"),
            bytes[position + 2] == UInt8(ascii: "N")
        else { return false }
        position += 3
        return true
    }

    /// Reads `true` or `false`.
    package mutating func readFlag() throws(JSONFault) -> Bool {
        switch peek() {
        case UInt8(ascii: "t"):
            try skipWord("true")
            return true
        case UInt8(ascii: "f"):
            try skipWord("false")
            return false
        default: throw fault(expected: "true or false")
        }
    }

    /// Fails unless nothing but white space is left.
    package mutating func expectEnd() throws(JSONFault) {
        if peek() != nil { throw fault(expected: endInWords) }
    }

    /// Walks over an object; `member` is called with each key and must read its value.
    @inline(__always)
    package mutating func readObject(
        _ member: (inout JSONScanner, JSONKey) throws(JSONFault) -> Void
    ) throws(JSONFault) {
        guard skip(UInt8(ascii: "{")) else { throw fault(expected: "an object") }
        if skip(UInt8(ascii: "}")) { return }
        repeat {
            let key = try readKey()
            guard skip(UInt8(ascii: ":")) else { throw fault(expected: "':'") }
            try member(&self, key)
        } while skip(UInt8(ascii: ","))
        guard skip(UInt8(ascii: "}")) else { throw fault(expected: "',' or '}'") }
    }

    /// Walks over an array; `element` is called at each element and must read it.
    @inline(__always)
    package mutating func readArray(_ element: (inout JSONScanner) throws(JSONFault) -> Void) throws(JSONFault) {
        guard skip(UInt8(ascii: "[")) else { throw fault(expected: "an array") }
        if skip(UInt8(ascii: "]")) { return }
        repeat { try element(&self) } while skip(UInt8(ascii: ","))
        guard skip(UInt8(ascii: "]")) else { throw fault(expected: "',' or ']'") }
    }

    /// A whole number that fits 64 bits.
    package mutating func readInteger() throws(JSONFault) -> Int64 {
        _ = peek()
        let before = position
        let value = try readNumber()
        if let exact = Int64(exactly: value), abs(value) < 9e15 { return exact }
        if let exact = Int64(String(decoding: bytes[before..<position], as: UTF8.self)) { return exact }
        position = before
        throw fault(expected: "a whole number")
    }

    /// Any JSON number that is finite as a `Double`.
    package mutating func readNumber() throws(JSONFault) -> Double {
        _ = peek()
        let first = position
        var negative = false
        if position < end, bytes[position] == UInt8(ascii: "-") {
            negative = true
            position += 1
        }
        var mantissa: UInt64 = 0
        let digitsBefore = readDigits(into: &mantissa)
        var exponent = 0
        var digits = digitsBefore
        var wellFormed = digitsBefore > 0
        if position < end, bytes[position] == UInt8(ascii: ".") {
            position += 1
            let fraction = readDigits(into: &mantissa)
            wellFormed = wellFormed && fraction > 0
            exponent = -fraction
            digits += fraction
        }
        var needsLibrary = digits > 18
        if position < end, bytes[position] | 0x20 == UInt8(ascii: "e") {
            position += 1
            if position < end, bytes[position] == UInt8(ascii: "+") || bytes[position] == UInt8(ascii: "-") {
                position += 1
            }
            var ignored: UInt64 = 0
            wellFormed = readDigits(into: &ignored) > 0 && wellFormed
            needsLibrary = true
        }
        guard wellFormed else {
            position = first
            throw fault(expected: "a number")
        }
        if !needsLibrary, exponent >= -22, mantissa < 1 << 53 {
            let value = Double(mantissa) / Self.powersOfTen[-exponent]
            return negative ? -value : value
        }
        guard let value = Double(String(decoding: bytes[first..<position], as: UTF8.self)), value.isFinite else {
            position = first
            throw fault(expected: "a number in range")
        }
        return value
    }

    /// The same, but refused where zeros stand before it.
    package mutating func readPlainNumber() throws(JSONFault) -> Double {
        _ = peek()
        let first = position
        let value = try readNumber()
        let digits = bytes[first..<position].drop { $0 == UInt8(ascii: "-") }.prefix(2)
        if digits.count == 2, digits.first == UInt8(ascii: "0"), UInt8(ascii: "0")...UInt8(ascii: "9") ~= digits.last! {
            position = first
            throw fault(expected: "a number without a zero before it")
        }
        return value
    }

    /// A whole number from 0 that fits 64 bits.
    package mutating func readUnsigned() throws(JSONFault) -> UInt64 {
        _ = peek()
        let before = position
        _ = try readNumber()
        if let exact = UInt64(String(decoding: bytes[before..<position], as: UTF8.self)) { return exact }
        position = before
        throw fault(expected: "a whole number from 0")
    }

    /// A string with its escapes undone.
    package mutating func readString() throws(JSONFault) -> String { try text(of: try readKey()) }

    /// A key with its escapes undone.
    package func text(of key: JSONKey) throws(JSONFault) -> String {
        if !key.hasEscapes {
            guard let text = String(validating: bytes[key.range], as: UTF8.self) else {
                throw fault(expected: "text in UTF-8")
            }
            return text
        }
        let quoted = Data([0x22] + bytes[key.range] + [0x22])
        guard let text = try? JSONDecoder().decode(String.self, from: quoted) else {
            throw fault(expected: "a string with valid escapes")
        }
        return text
    }

    /// Steps over any value.
    package mutating func skipValue(depth: Int = 0) throws(JSONFault) {
        guard depth < Self.greatestDepth else { throw fault(expected: "fewer nested values") }
        switch peek() {
        case UInt8(ascii: "{"):
            try readObject { (scanner, _) throws(JSONFault) in try scanner.skipValue(depth: depth + 1) }
        case UInt8(ascii: "["):
            try readArray { (scanner) throws(JSONFault) in try scanner.skipValue(depth: depth + 1) }
        case UInt8(ascii: "\""): _ = try readKey()
        case UInt8(ascii: "t"): try skipWord("true")
        case UInt8(ascii: "f"): try skipWord("false")
        case UInt8(ascii: "n"): try skipWord("null")
        case UInt8(ascii: "N"): try skipWord("NaN")
        default: _ = try readNumber()
        }
    }

    /// Whether a key without escapes is this word.
    @inline(__always)
    package func matches(_ key: JSONKey, _ word: StaticString) -> Bool {
        let count = word.utf8CodeUnitCount
        guard key.range.count == count, key.range.upperBound <= bytes.count else { return false }
        return bytes.withUnsafeBytes { memcmp($0.baseAddress! + key.range.lowerBound, word.utf8Start, count) == 0 }
    }

    private mutating func readKey() throws(JSONFault) -> JSONKey {
        guard skip(UInt8(ascii: "\"")) else { throw fault(expected: "a string") }
        let first = position
        var hasEscapes = false
        while position < end {
            let byte = bytes[position]
            if byte == UInt8(ascii: "\"") {
                position += 1
                return JSONKey(range: first..<position - 1, hasEscapes: hasEscapes)
            }
            if byte < 0x20 { break }
            if byte == UInt8(ascii: "\\") {
                hasEscapes = true
                position += 1
                guard position < end else { break }
            }
            position += 1
        }
        throw fault(expected: "the end of a string")
    }

    private mutating func skipWord(_ word: StaticString) throws(JSONFault) {
        let count = word.utf8CodeUnitCount
        let letters = UnsafeBufferPointer(start: word.utf8Start, count: count)
        guard end - position >= count, letters.elementsEqual(bytes[position..<position + count]) else {
            throw fault(expected: "a value")
        }
        position += count
    }

    /// Appends decimal digits to `mantissa`, which stops meaning anything past 19 digits; how many there were.
    @inline(__always)
    private mutating func readDigits(into mantissa: inout UInt64) -> Int {
        let first = position
        while position < end {
            let digit = bytes[position] &- UInt8(ascii: "0")
            guard digit < 10 else { break }
            mantissa = mantissa &* 10 &+ UInt64(digit)
            position += 1
        }
        return position - first
    }

    private func whatIsHere() -> String {
        guard position < end else { return endInWords }
        let rest = bytes[position..<min(position + 16, end)]
        let excerpt = rest.prefix { $0 != 0x0A && $0 != 0x0D }
        guard !excerpt.isEmpty else { return "the end of the line" }
        let isCut = excerpt.count == rest.count && end - position > 16
        return "'" + String(decoding: excerpt, as: UTF8.self) + (isCut ? "…'" : "'")
    }

    private var endInWords: String { isFile ? "the end of the file" : "the end of the line" }

    private static let powersOfTen: [Double] = [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22,
    ]
}
