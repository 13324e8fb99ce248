import Foundation

/// The source of all chance in a puppet: the same seed gives the same puppet everywhere (SplitMix64, Steele et al. 2014).
package struct PuppetRandom: RandomNumberGenerator, Sendable {
    private var state: UInt64

    package init(seed: UInt64) { state = seed }

    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// Evenly spread over 0..<1.
    mutating func unit() -> Float { Float(next() >> 40) * 0x1p-24 }

    /// Evenly spread between two values.
    mutating func uniform(_ low: Float, _ high: Float) -> Float { low + (high - low) * unit() }

    /// Bell-shaped with standard deviation 1 (Box and Muller 1958), cut at three deviations.
    mutating func gaussian() -> Float {
        let radius = (-2 * log(max(unit(), 1e-7))).squareRoot()
        return max(-3, min(3, radius * cos(2 * .pi * unit())))
    }

    /// True with the given probability.
    mutating func chance(_ probability: Float) -> Bool { unit() < probability }

    /// One of the elements, all equally likely.
    mutating func pick<Element>(_ elements: [Element]) -> Element {
        precondition(!elements.isEmpty, "nothing to pick from")
        return elements[Int(next() % UInt64(elements.count))]
    }

    /// A source of its own that leaves this one's later numbers independent of how much it is used.
    mutating func fork() -> PuppetRandom { PuppetRandom(seed: next()) }
}
