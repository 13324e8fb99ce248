import Foundation
import Randomness

/// The source of all chance in a puppet: the same seed gives the same puppet everywhere.
extension SplitMix64 {
    /// Evenly spread between two values.
    mutating func uniform(_ low: Float, _ high: Float) -> Float { low + (high - low) * unit() }

    /// Bell-shaped with standard deviation 1 (Box and Muller 1958), cut at three deviations.
    mutating func gaussian() -> Float {
        let radius = (-2 * log(max(unit(), 1e-7))).squareRoot()
        return max(-3, min(3, radius * cos(2 * .pi * unit())))
    }

    /// One of the elements, all equally likely.
    mutating func pick<Element>(_ elements: [Element]) -> Element {
        precondition(!elements.isEmpty, "nothing to pick from")
        return elements[Int(next() % UInt64(elements.count))]
    }

    /// A source of its own that leaves this one's later numbers independent of how much it is used.
    mutating func fork() -> SplitMix64 { SplitMix64(seed: next()) }
}
