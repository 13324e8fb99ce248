package import Inference
import Lifting

/// How a lifting network is trained.
package struct LiftingSettings: Sendable {
    package var seed: UInt64 = 1
    package var steps = 2000
    /// Clips in a step; a multiple of `chunk`.
    package var batch = 32
    package var chunk = 16
    package var frames = 40
    package var blocks: [TemporalArchitecture.Block] = [
        .init(channels: 48, kernel: 3, lookAhead: 0), .init(channels: 64, kernel: 5, lookAhead: 0),
        .init(channels: 64, kernel: 5, dilation: 2, lookAhead: 0),
        .init(channels: 64, kernel: 5, dilation: 3, lookAhead: 0),
    ]
    package var optimiser = OptimiserSettings()
    /// How often puppets are drawn instead of recorded people, 0…1.
    package var puppetShare: Float = 0.4
    /// How often films shown to the pose networks are drawn instead of simulated ones, where there are such, 0…1.
    package var filmShare: Float = 0.4
    /// Chance that no depth is given.
    package var flat: Float = 0.5
    /// Chance that the camera is near.
    package var near: Float = 0.15
    /// Strength of the pose systems' errors.
    package var noise: Float = 1
    /// Deviation of bones and sizes.
    package var bodies: Float = 0.06
    /// Weight of what moves from frame to frame beside where joints are.
    package var motion: Float = 1

    package init() { optimiser.averaging = 0.995 }

    package var architecture: TemporalArchitecture {
        TemporalArchitecture(
            inputChannels: LiftingFeatures.channels, frames: frames, classes: LiftingNetwork.outputs, blocks: blocks,
            window: 1, hasJointOutputs: true)
    }
}
