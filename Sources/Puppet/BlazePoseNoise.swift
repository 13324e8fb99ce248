import Foundation
package import Skeleton

/// Makes true poses look like BlazePose's: unsteady, worst in depth and where a limb is hidden, a little late.
///
/// All spreads are standard deviations in metres or radians unless said otherwise. The defaults are what drawn puppets
/// and real recordings showed.
package struct BlazePoseNoise: Sendable, Equatable {
    /// Unrest across and along the line of sight, and its correlation time in seconds.
    package var jitter: Float = 0.009
    package var depthJitter: Float = 0.022
    package var correlation: Float = 0.25
    /// Constant error of each joint across and along the line of sight.
    package var bias: Float = 0.012
    package var depthBias: Float = 0.035
    /// How much nearer to the camera elbows and wrists seem than they are.
    package var armsForward: Float = 0.02
    /// Relative error of the body's size, and range of the factor that depth is shortened by.
    package var scale: Float = 0.07
    package var foreshortening: ClosedRange<Float> = 0.65...1.08
    /// Error of the whole body's attitude.
    package var attitude: Float = degrees(4)
    /// Factor on the unrest of joints that the body hides.
    package var hiddenFactor: Float = 2.5
    /// Probability per second that legs seen from the side are taken for each other, and for how long.
    package var swapRate: Float = 0.06
    package var swapDuration: Float = 0.25
    /// Cut-off of the reference's smoothing at rest in Hz, and its growth with speed in Hz per m/s.
    package var cutOff: Float = 0.1
    package var cutOffSlope: Float = 40

    package init() {}

    /// No error at all.
    package static var none: BlazePoseNoise {
        var noise = BlazePoseNoise()
        noise.jitter = 0
        noise.depthJitter = 0
        noise.bias = 0
        noise.depthBias = 0
        noise.armsForward = 0
        noise.scale = 0
        noise.foreshortening = 1...1
        noise.attitude = 0
        noise.swapRate = 0
        noise.cutOff = .infinity
        return noise
    }

    /// Everything as much stronger or weaker, smoothing and foreshortening apart.
    package func scaled(by factor: Float) -> BlazePoseNoise {
        var noise = self
        noise.jitter *= factor
        noise.depthJitter *= factor
        noise.bias *= factor
        noise.depthBias *= factor
        noise.armsForward *= factor
        noise.scale *= factor
        noise.attitude *= factor
        noise.swapRate *= factor
        return noise
    }

    /// Poses of one person, evenly spaced in time, as BlazePose might have seen them.
    ///
    /// - Parameters:
    ///   - poses: true poses in `blazePose33` with world points.
    ///   - frameRate: poses per second.
    package func applied(to poses: [Pose], frameRate: Double, using random: inout PuppetRandom) -> [Pose] {
        var state = BlazePoseNoiseState(self, frameRate: Float(frameRate), using: &random)
        return poses.map { state.next($0) }
    }
}
