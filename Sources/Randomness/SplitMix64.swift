import Foundation

/// SplitMix64 (Steele et al. 2014): pseudo-random numbers that are the same everywhere for the same seed.
package struct SplitMix64: RandomNumberGenerator, Sendable {
    private var state: UInt64

    package init(seed: UInt64) { state = seed }

    /// A sequence of its own for each (seed, index), so that work may be shared out in any order.
    package init(seed: UInt64, index: UInt64) {
        var seeds = SplitMix64(seed: seed ^ (index &* 0xD1B5_4A32_D192_ED03))
        self.init(seed: seeds.next() ^ index)
    }

    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// Evenly from 0 (included) to 1 (excluded).
    package mutating func unit() -> Float { Float(next() >> 40) * 0x1p-24 }

    /// Evenly from `range`.
    package mutating func uniform(_ range: ClosedRange<Float>) -> Float {
        range.lowerBound + unit() * (range.upperBound - range.lowerBound)
    }

    /// Normally distributed, mean 0, standard deviation 1 (Box and Muller 1958).
    package mutating func normal() -> Float {
        let radius = (-2 * Foundation.log(1 - unit())).squareRoot()
        return radius * Foundation.cos(2 * Float.pi * unit())
    }

    /// True with probability `p`.
    package mutating func chance(_ p: Float) -> Bool { unit() < p }
}
