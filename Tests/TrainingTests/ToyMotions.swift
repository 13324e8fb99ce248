import Foundation
import Inference
import Randomness
import Recognition
import Skeleton
import Training

/// Motions that a small network learns in seconds: one arm or the other goes up and down, or the knees bend.
enum ToyMotions {
    static let labels = ["bend", "left_up", "right_up"]

    private static let rest: [SIMD3<Float>] = [
        [0, 0, 0], [0, -0.25, 0], [0, -0.5, 0], [0, -0.7, 0], [0.18, -0.48, 0], [0.24, -0.2, 0], [0.26, 0.05, 0],
        [-0.18, -0.48, 0], [-0.24, -0.2, 0], [-0.26, 0.05, 0], [0.1, 0, 0], [0.11, 0.4, 0], [0.11, 0.8, 0],
        [-0.1, 0, 0], [-0.11, 0.4, 0], [-0.11, 0.8, 0],
    ]

    static func make(clips: Int, seed: UInt64) -> [LabelledMotion] {
        labels.flatMap { label in
            (0..<clips).map { index in
                var stream = SplitMix64(seed: seed, index: UInt64(index))
                let pace = stream.uniform(2...4)
                let start = stream.uniform(0...3)
                let samples = (0..<40).map { frame in
                    let level = (1 - cos(Float(frame) / 15 * pace + start)) / 2
                    var points = rest
                    switch label {
                    case "left_up": (points[5].y, points[6].y) = (-0.2 - 0.5 * level, 0.05 - 1.1 * level)
                    case "right_up": (points[8].y, points[9].y) = (-0.2 - 0.5 * level, 0.05 - 1.1 * level)
                    default:
                        for joint in [11, 14] { points[joint] += SIMD3(0, -0.15, -0.3) * level }
                        for joint in [12, 15] { points[joint] += SIMD3(0, -0.35, 0) * level }
                    }
                    return MotionSample(time: Double(frame) / 15, points: points)
                }
                return LabelledMotion(
                    name: "\(label)-\(index)", label: label, subject: "\(index % 3)", samples: samples)
            }
        }
    }

    /// Somebody who does nothing.
    static func standing(time: Double) -> MotionSample { MotionSample(time: time, points: rest) }

    /// A recipe that is done in a moment.
    static var recipe: Recipe {
        var recipe = Recipe()
        recipe.epochs = 2
        recipe.stepsPerEpoch = [6, 6]
        recipe.batch = 16
        recipe.chunk = 8
        recipe.sampling = Cadence(frames: 32, rate: 10)
        recipe.network.blocks = [
            .init(channels: 12, kernel: 3, lookAhead: 1), .init(channels: 16, kernel: 5, dilation: 2, lookAhead: 0),
        ]
        recipe.optimiser.learningRate = 0.01
        recipe.optimiser.averaging = 0.9
        return recipe
    }
}
