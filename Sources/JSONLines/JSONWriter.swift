import Printing

/// Writes JSON text (RFC 8259) into bytes, in the order of the calls and with one form for every number.
package struct JSONWriter: Sendable {
    /// The text so far.
    package private(set) var bytes: [UInt8]
    private var needsComma = false

    /// Starts a text; `bytes` come before it.
    package init(after bytes: [UInt8] = []) { self.bytes = bytes }

    /// Forgets the text and keeps the memory.
    package mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        needsComma = false
    }

    /// Ends the text with a line end; the next one may follow.
    package mutating func endLine() {
        bytes.append(0x0A)
        needsComma = false
    }

    package mutating func openObject() { open(UInt8(ascii: "{")) }
    package mutating func closeObject() { close(UInt8(ascii: "}")) }
    package mutating func openArray() { open(UInt8(ascii: "[")) }
    package mutating func closeArray() { close(UInt8(ascii: "]")) }

    /// A key known beforehand, of which nothing needs escaping.
    package mutating func key(_ name: StaticString) {
        separate()
        bytes.append(UInt8(ascii: "\""))
        append(name)
        append("\":")
        needsComma = false
    }

    /// Any key.
    package mutating func key(quoting name: String) {
        value(name)
        bytes.append(UInt8(ascii: ":"))
        needsComma = false
    }

    package mutating func null() {
        separate()
        append("null")
    }

    package mutating func value(_ flag: Bool) {
        separate()
        append(flag ? "true" : "false")
    }

    /// A string with everything escaped that must be, or that could not be seen: JSON lines are looked at on terminals.
    package mutating func value(_ text: String) {
        separate()
        bytes.append(UInt8(ascii: "\""))
        if text.utf8.allSatisfy({ 0x20..<0x7F ~= $0 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }) {
            bytes.append(contentsOf: text.utf8)
        } else {
            append(escaping: text)
        }
        bytes.append(UInt8(ascii: "\""))
    }

    /// A whole number.
    package mutating func value(_ number: Int64) {
        separate()
        if number < 0 { bytes.append(UInt8(ascii: "-")) }
        append(digits: number.magnitude)
    }

    /// A whole number without a sign.
    package mutating func value(_ number: UInt64) {
        separate()
        append(digits: number)
    }

    /// A number rounded to 4 decimals, without trailing zeros; null if it is not finite.
    package mutating func value(rounding number: Double) { value(rounding: number, decimals: 4) }

    /// A number rounded to so many decimals, 1…9, without trailing zeros; null if it is not finite.
    package mutating func value(rounding number: Double, decimals: Int) {
        let unit = (0..<decimals).reduce(1 as UInt64) { unit, _ in unit * 10 }
        let scaled = (number * Double(unit)).rounded()
        guard abs(scaled) < 1e18 else {
            guard number.isFinite else { return null() }
            separate()
            bytes.append(contentsOf: "\(number)".utf8)
            return
        }
        separate()
        let whole = Int64(scaled)
        if whole < 0 { bytes.append(UInt8(ascii: "-")) }
        let (units, fraction) = whole.magnitude.quotientAndRemainder(dividingBy: unit)
        append(digits: units)
        guard fraction != 0 else { return }
        bytes.append(UInt8(ascii: "."))
        var rest = fraction
        var place = unit / 10
        while rest != 0 {
            bytes.append(UInt8(ascii: "0") + UInt8(rest / place))
            rest %= place
            place /= 10
        }
    }

    package mutating func value(rounding number: Float) { value(rounding: Double(number)) }

    private mutating func separate() {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
        needsComma = true
    }

    private mutating func open(_ bracket: UInt8) {
        separate()
        bytes.append(bracket)
        needsComma = false
    }

    private mutating func close(_ bracket: UInt8) {
        bytes.append(bracket)
        needsComma = true
    }

    private mutating func append(_ text: StaticString) {
        bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    private mutating func append(digits number: UInt64) {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { digits in
            var first = 20
            var rest = number
            repeat {
                first -= 1
                digits[first] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
                rest /= 10
            } while rest != 0
            bytes.append(contentsOf: UnsafeBufferPointer(rebasing: digits[first...]))
        }
    }

    private mutating func append(escaping text: String) {
        let first = bytes.count
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                bytes.append(UInt8(ascii: "\\"))
                bytes.append(byte)
            case 0..<0x20:
                append("\\u00")
                bytes.append(Self.hexDigit(byte >> 4))
                bytes.append(Self.hexDigit(byte & 15))
            default: bytes.append(byte)
            }
        }
        if text.utf8.contains(where: { $0 >= 0x7F }) {
            let plain = String(decoding: bytes[first...], as: UTF8.self).printableJSON
            bytes.replaceSubrange(first..., with: plain.utf8)
        }
    }

    private static func hexDigit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
    }
}
