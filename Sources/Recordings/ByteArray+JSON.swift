extension [UInt8] {
    /// Appends plain ASCII or UTF-8 text.
    mutating func append(_ text: StaticString) {
        append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    /// Appends a JSON string with what must be escaped escaped.
    mutating func append(quoting text: String) {
        append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                append(UInt8(ascii: "\\"))
                append(byte)
            case 0..<0x20:
                append("\\u00")
                append(contentsOf: [Self.hexDigits[Int(byte >> 4)], Self.hexDigits[Int(byte & 15)]])
            default: append(byte)
            }
        }
        append(UInt8(ascii: "\""))
    }

    /// Appends a whole number.
    mutating func append(decimal value: Int64) {
        if value < 0 { append(UInt8(ascii: "-")) }
        append(digits: value.magnitude)
    }

    /// Appends a finite number rounded to 4 decimals, without trailing zeros.
    mutating func append(rounded value: Float) {
        let scaled = (Double(value) * 10_000).rounded()
        guard abs(scaled) < 1e18 else { return append(contentsOf: "\(value)".utf8) }
        let whole = Int64(scaled)
        if whole < 0 { append(UInt8(ascii: "-")) }
        let (units, fraction) = whole.magnitude.quotientAndRemainder(dividingBy: 10_000)
        append(digits: units)
        guard fraction != 0 else { return }
        append(UInt8(ascii: "."))
        var rest = fraction
        var place: UInt64 = 1000
        while rest != 0 {
            append(UInt8(ascii: "0") + UInt8(rest / place))
            rest %= place
            place /= 10
        }
    }

    private mutating func append(digits value: UInt64) {
        let first = count
        var rest = value
        repeat {
            append(UInt8(ascii: "0") + UInt8(rest % 10))
            rest /= 10
        } while rest != 0
        self[first...].reverse()
    }

    private static let hexDigits = [UInt8]("0123456789abcdef".utf8)
}
