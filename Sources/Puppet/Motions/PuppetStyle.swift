import Foundation
package import Randomness

/// How somebody moves, whatever the movement.
package struct PuppetStyle: Sendable, Equatable {
    /// Pace relative to an everyday one.
    package var speed: Float
    /// Range of movement relative to a full one, at most 1.
    package var amplitude: Float
    /// Unrest of trunk, head and idle limbs relative to an average one.
    package var sway: Float
    /// Relative deviation of times from repetition to repetition.
    package var variation: Float

    /// Full movements at an even pace, for demonstrations.
    package static let clear = PuppetStyle(speed: 1, amplitude: 1, sway: 0.7, variation: 0.04)

    package init(speed: Float, amplitude: Float, sway: Float, variation: Float) {
        self.speed = speed
        self.amplitude = amplitude
        self.sway = sway
        self.variation = variation
    }

    /// A manner drawn at random, from slow to brisk, from shy to sweeping.
    package init(using random: inout SplitMix64) {
        speed = max(0.55, min(1.8, exp(0.24 * random.gaussian())))
        amplitude = min(1, 1 - 0.18 * abs(random.gaussian()))
        sway = exp(0.4 * random.gaussian())
        variation = random.uniform(0.02, 0.14)
    }
}
