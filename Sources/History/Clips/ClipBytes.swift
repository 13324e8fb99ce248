/// What is wrong with the bytes of a clip, and where.
package struct ClipFault: Error, Hashable {
    /// Which byte, from 0; of what is packed, counted after unpacking.
    package let place: Int
    /// What was expected and what was found, as a sentence without a full stop.
    package let message: String

    init(_ place: Int, expected: String, found: String) {
        self.place = place
        message = "byte \(place): expected \(expected), found \(found)"
    }
}

/// Bytes that numbers are written to, small ones short: seven bits a byte, the lowest first (LEB128).
struct ClipBytes: Sendable {
    private(set) var bytes: [UInt8] = []

    mutating func append(_ number: UInt64) {
        var rest = number
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    /// Near zero is short, whatever the sign.
    mutating func append(signed number: Int64) {
        append(UInt64(bitPattern: number << 1 ^ number >> 63))
    }

    mutating func append(byte: UInt8) { bytes.append(byte) }

    mutating func append(_ text: String) {
        append(UInt64(text.utf8.count))
        bytes += text.utf8
    }
}

/// Reads what `ClipBytes` wrote, or anything else that somebody took for it.
struct ClipByteReader {
    private let bytes: ArraySlice<UInt8>
    private var index: Int

    init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        index = bytes.startIndex
    }

    /// How many bytes have been read.
    var place: Int { index - bytes.startIndex }

    /// What has not been read.
    var rest: ArraySlice<UInt8> { bytes[index...] }

    mutating func byte() throws(ClipFault) -> UInt8 {
        guard index < bytes.endIndex else { throw ClipFault(place, expected: "another byte", found: "the end") }
        defer { index += 1 }
        return bytes[index]
    }

    mutating func number(atMost limit: UInt64, _ what: String = "a number") throws(ClipFault) -> UInt64 {
        let place = place
        var number: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 63, by: 7) {
            let byte = try byte()
            number |= UInt64(byte & 0x7F) << shift
            guard byte & 0x80 != 0 else {
                guard number <= limit else {
                    throw ClipFault(place, expected: "\(what) up to \(limit)", found: "\(number)")
                }
                return number
            }
        }
        throw ClipFault(place, expected: "\(what) up to \(limit)", found: "more than 63 bits")
    }

    /// - Parameter limit: how far it may be from zero.
    mutating func signed(atMost limit: UInt64) throws(ClipFault) -> Int64 {
        let number = try number(atMost: 2 * limit + 1)
        return Int64(number >> 1) ^ -Int64(number & 1)
    }

    mutating func text(atMost limit: UInt64) throws(ClipFault) -> String {
        let count = Int(try number(atMost: limit, "a length"))
        let place = place
        guard bytes.endIndex - index >= count else {
            throw ClipFault(place, expected: "\(count) bytes of a name", found: "\(bytes.endIndex - index)")
        }
        defer { index += count }
        guard let text = String(validating: bytes[index..<index + count], as: UTF8.self) else {
            throw ClipFault(place, expected: "a name", found: "bytes that are no text")
        }
        return text
    }
}
