import Foundation
package import Randomness
package import Skeleton

/// Makes true poses look like BlazePose's: its own proportions, unsteady, worst in depth and where a limb is hidden, a
/// little late, and guessing at legs that are outside the picture.
///
/// Spreads are standard deviations, in metres or radians unless said otherwise. The defaults are rounded down from what
/// the reference showed on eighty drawn clips of all kinds and views, because drawn people are harder to see than real
/// ones. Proportions, `legDepth` and `bend` were set by hand after looking at the reference's poses of four real videos.
package struct BlazePoseNoise: Sendable, Equatable {
    /// Unrest across and along the line of sight, and its correlation time in seconds.
    package var jitter: Float = 0.012
    package var depthJitter: Float = 0.03
    package var correlation: Float = 0.35
    /// Constant error of each joint across and along the line of sight.
    package var bias: Float = 0.018
    package var depthBias: Float = 0.045
    /// How much nearer to the camera elbows and wrists seem than they are.
    package var armsForward: Float = 0.02
    /// Length of each bone relative to the true one, and the relative deviation of bones and whole body from that.
    package var proportions = Proportions.reference
    package var scale: Float = 0.05
    /// Range of the factor that depth is shortened by.
    package var foreshortening: ClosedRange<Float> = 0.45...1.1
    /// Range of a further factor on how far in depth the legs are from the hips' own depth: seen from the side, legs that
    /// are spread hardly look it.
    package var legDepth: ClosedRange<Float> = 0.2...1
    /// How much the trunk and the legs, each by itself, seem to lean to or from the camera; one clip in six errs twice as
    /// much, as from high above.
    package var bend = SIMD2<Float>(degrees(9), degrees(8))
    /// Error of the whole body's attitude: leaning to or from the camera, turned, tilted sideways.
    package var attitude = SIMD3<Float>(degrees(8), degrees(6), degrees(2))
    /// Factor on the errors of joints that the body hides.
    package var hiddenFactor: Float = 2
    /// Probability per second that legs seen from the side are taken for each other, and for how long.
    package var swapRate: Float = 0.06
    package var swapDuration: Float = 0.25
    /// Whether legs outside the picture are guessed to hang straight down.
    package var guessesLegs = true
    /// Cut-off of the reference's smoothing at rest in Hz, and its growth with speed in Hz per m/s.
    package var cutOff: Float = 0.1
    package var cutOffSlope: Float = 8

    /// Lengths relative to the true body's.
    package struct Proportions: Sendable, Equatable {
        package var shoulders: Float
        package var hips: Float
        package var upperArm: Float
        package var forearm: Float
        package var thigh: Float
        package var shank: Float

        package static let equal = Proportions(
            shoulders: 1, hips: 1, upperArm: 1, forearm: 1, thigh: 1, shank: 1)
        /// What the reference makes of real people, against the means of `PuppetBody`.
        package static let reference = Proportions(
            shoulders: 1, hips: 1.06, upperArm: 1, forearm: 1.03, thigh: 0.93, shank: 0.93)
    }

    package init() {}

    /// No error at all.
    package static var none: BlazePoseNoise {
        var noise = BlazePoseNoise()
        noise.jitter = 0
        noise.depthJitter = 0
        noise.bias = 0
        noise.depthBias = 0
        noise.armsForward = 0
        noise.proportions = .equal
        noise.scale = 0
        noise.foreshortening = 1...1
        noise.attitude = .zero
        noise.legDepth = 1...1
        noise.bend = .zero
        noise.swapRate = 0
        noise.guessesLegs = false
        noise.cutOff = .infinity
        return noise
    }

    /// Everything as much stronger or weaker; proportions, smoothing and foreshortening stay.
    package func scaled(by factor: Float) -> BlazePoseNoise {
        var noise = self
        noise.jitter *= factor
        noise.depthJitter *= factor
        noise.bias *= factor
        noise.depthBias *= factor
        noise.armsForward *= factor
        noise.scale *= factor
        noise.attitude *= factor
        noise.bend *= factor
        noise.swapRate *= factor
        return noise
    }

    /// Poses of one person, evenly spaced in time, as BlazePose might have seen them.
    ///
    /// - Parameters:
    ///   - poses: true poses in `blazePose33` with world points.
    ///   - frameRate: poses per second.
    package func applied(to poses: [Pose], frameRate: Double, using random: inout SplitMix64) -> [Pose] {
        var state = BlazePoseNoiseState(self, frameRate: Float(frameRate), using: &random)
        return poses.map { state.next($0) }
    }
}
