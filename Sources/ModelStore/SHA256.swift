/// SHA-256 (FIPS 180-4, 2015): the digest by which fetched weights are known.
package struct SHA256: Sendable {
    private var state = SHA256.start
    private var pending: [UInt8] = []
    private var length: UInt64 = 0

    package init() { pending.reserveCapacity(64) }

    /// The digest of `bytes` as 64 lower-case hexadecimal digits.
    package static func hex(of bytes: [UInt8]) -> String {
        var hash = SHA256()
        hash.update(bytes.span)
        return hash.finish()
    }

    /// Takes in more of the message, in pieces of any size.
    package mutating func update(_ bytes: Span<UInt8>) {
        length += UInt64(bytes.count)
        var next = 0
        if !pending.isEmpty {
            next = min(64 - pending.count, bytes.count)
            for i in 0..<next { pending.append(bytes[i]) }
            guard pending.count == 64 else { return }
            let block = pending
            Self.compress(block.span, into: &state)
            pending = []
        }
        let whole = (bytes.count - next) / 64 * 64
        Self.compress(bytes.extracting(next..<next + whole), into: &state)
        next += whole
        for i in next..<bytes.count { pending.append(bytes[i]) }
    }

    /// Ends the message and gives its digest as 64 lower-case hexadecimal digits.
    package consuming func finish() -> String {
        let bits = length * 8
        var tail: [UInt8] = [0x80]
        while (pending.count + tail.count) % 64 != 56 { tail.append(0) }
        for shift in stride(from: 56, through: 0, by: -8) {
            tail.append(UInt8(truncatingIfNeeded: bits >> UInt64(shift)))
        }
        update(tail.span)
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        for lane in 0..<8 {
            for shift in stride(from: 28, through: 0, by: -4) {
                text.append(digits[Int(state[lane] >> UInt32(shift)) & 15])
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    private static let start = SIMD8<UInt32>(
        0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19)

    /// The first 32 bits of the fractional parts of the cube roots of the first 64 primes, computed with integers.
    private static let constants: InlineArray<64, UInt32> = {
        var constants = InlineArray<64, UInt32>(repeating: 0)
        var prime: UInt64 = 1
        for i in constants.indices {
            repeat { prime += 1 } while (2..<prime).contains { $0 * $0 <= prime && prime % $0 == 0 }
            constants[i] = fractionOfCubeRoot(prime)
        }
        return constants
    }()

    /// ⌊∛n · 2³²⌋ mod 2³², by bisection over exact 128-bit cubes.
    private static func fractionOfCubeRoot(_ n: UInt64) -> UInt32 {
        var low: UInt128 = 0
        var high: UInt128 = 8 << 32
        let target = UInt128(n) << 96
        while high - low > 1 {
            let middle = (low + high) / 2
            if middle * middle * middle <= target { low = middle } else { high = middle }
        }
        return UInt32(truncatingIfNeeded: low)
    }

    /// Takes in whole blocks of 64 bytes.
    private static func compress(_ blocks: Span<UInt8>, into state: inout SIMD8<UInt32>) {
        let constants = Self.constants
        var schedule = InlineArray<64, UInt32>(repeating: 0)
        for start in stride(from: 0, to: blocks.count, by: 64) {
            let block = blocks.extracting(start..<start + 64)
            for i in 0..<16 {
                schedule[i] =
                    UInt32(block[4 * i]) << 24 | UInt32(block[4 * i + 1]) << 16
                    | UInt32(block[4 * i + 2]) << 8 | UInt32(block[4 * i + 3])
            }
            for i in 16..<64 {
                let x = schedule[i - 15]
                let y = schedule[i - 2]
                let s0 = rotate(x, 7) ^ rotate(x, 18) ^ (x >> 3)
                let s1 = rotate(y, 17) ^ rotate(y, 19) ^ (y >> 10)
                schedule[i] = schedule[i - 16] &+ s0 &+ schedule[i - 7] &+ s1
            }
            var (a, b, c, d) = (state[0], state[1], state[2], state[3])
            var (e, f, g, h) = (state[4], state[5], state[6], state[7])
            for i in 0..<64 {
                let s1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)
                let first = h &+ s1 &+ ((e & f) ^ (~e & g)) &+ constants[i] &+ schedule[i]
                let s0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)
                let second = s0 &+ ((a & b) ^ (a & c) ^ (b & c))
                (h, g, f, e) = (g, f, e, d &+ first)
                (d, c, b, a) = (c, b, a, first &+ second)
            }
            state &+= SIMD8(a, b, c, d, e, f, g, h)
        }
    }

    @inline(__always) private static func rotate(_ x: UInt32, _ count: UInt32) -> UInt32 {
        x &>> count | x &<< (32 &- count)
    }
}
