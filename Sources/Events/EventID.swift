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
            let capital = character >= UInt8(ascii: "a") ? character & ~0x20 : character
            guard count <= 26, let digit = Self.alphabet.firstIndex(of: capital), count > 1 || digit < 8 else {
                return nil
            }
            value = value << 5 | UInt128(digit)
        }
        guard count == 26 else { return nil }
        self.value = value
    }

    package var description: String {
        var rest = value
        var characters = [UInt8](repeating: 0, count: 26)
        for place in characters.indices.reversed() {
            characters[place] = Self.alphabet[Int(truncatingIfNeeded: rest & 31)]
            rest >>= 5
        }
        return String(decoding: characters, as: UTF8.self)
    }

    /// When it was made, to the millisecond.
    package var time: UnixTime { UnixTime(microseconds: Int64(value >> 80) * 1000) }

    package static func < (a: Self, b: Self) -> Bool { a.value < b.value }

    /// Crockford's digits: no I, L, O or U.
    private static let alphabet = [UInt8]("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)
}

/// Makes ids that grow from one to the next, even within a millisecond or when the clock is set back.
package struct EventIDGenerator: Sendable {
    private var random: any RandomNumberGenerator & Sendable
    private var last: UInt128 = 0

    package init(random: any RandomNumberGenerator & Sendable = SystemRandomNumberGenerator()) {
        self.random = random
    }

    /// The next id, made at `time`.
    package mutating func next(at time: UnixTime) -> EventID {
        let milliseconds = UInt128(UInt64(max(time.microseconds, 0) / 1000) & 0xFFFF_FFFF_FFFF)
        if milliseconds > last >> 80 {
            let randomBits = UInt128(random.next()) << 16 | UInt128(random.next() & 0xFFFF)
            last = milliseconds << 80 | randomBits
        } else {
            last &+= 1
        }
        return EventID(value: last)
    }
}
