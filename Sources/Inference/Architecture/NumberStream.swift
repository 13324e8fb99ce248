@_exported public import Randomness

/// Pseudo-random numbers that are the same everywhere for the same seed.
package typealias NumberStream = SplitMix64
