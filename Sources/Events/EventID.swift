/// A ULID: 48 bits of milliseconds and 80 random bits, written as 26 letters and digits that sort by time.
package struct EventID: Sendable, Hashable, Comparable, LosslessStringConvertible {
    private let value: UInt128

    init(value: UInt128) { self.value = value }

    /// Reads 26 characters of Crockford's base 32, in capitals or not; nil for anything else.
    package init?(_ description: String) {
        var value: UInt128 = 0
        var count = 0
        for character in description.utf8 {
            count += 1
            let digit = Self.digits[Int(character)]
            guard count <= 26, digit < (count == 1 ? 8 : 32) else { return nil }
            value = value << 5 | UInt128(digit)
        }
        guard count == 26 else { return nil }
        self.value = value
    }

    package var description: String {
        String(unsafeUninitializedCapacity: 26) { characters in
            var rest = value
            for place in (0..<26).reversed() {
                characters[place] = Self.alphabet[Int(truncatingIfNeeded: rest & 31)]
                rest >>= 5
            }
            return 26
        }
    }

    package static func < (a: Self, b: Self) -> Bool { a.value < b.value }

    /// Crockford's digits: no I, L, O or U.
    private static let alphabet = [UInt8]("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)

    /// The value of every byte as a digit, in capitals or not; 255 for those that are none.
    private static let digits: [UInt8] = {
        var digits = [UInt8](repeating: 255, count: 256)
        for (value, character) in alphabet.enumerated() {
            digits[Int(character)] = UInt8(value)
            if character >= UInt8(ascii: "A") { digits[Int(character | 0x20)] = UInt8(value) }
        }
        return digits
    }()
}
