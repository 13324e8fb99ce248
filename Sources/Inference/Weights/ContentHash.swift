/// FNV-1a, 64 bits (Fowler, Noll and Vo): tells versions of a file apart and notices damage. No defence against forgery.
///
/// Models' versions, checkpoints and kept skeletons of videos are known by it on disk; what is fetched is known by its SHA-256.
package struct ContentHash: Sendable, Equatable, CustomStringConvertible {
    private var state: UInt64 = 0xCBF2_9CE4_8422_2325

    package init(_ bytes: [UInt8]) {
        for byte in bytes { state = (state ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    }

    /// Sixteen hexadecimal digits.
    package var description: String {
        let digits = String(state, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
