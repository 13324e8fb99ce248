import Inference
import Recognition

extension Recipe {
    /// A recipe for long recordings: a stream model of ten frames a second that speaks of what was done 0.3 s ago and has
    /// the last 3.3 s in view.
    ///
    /// Nothing is kept back to calibrate with: a few recordings are not to be missed in the training.
    package static var forStreams: Recipe {
        var recipe = Recipe()
        recipe.sampling = .stream(frames: 64, rate: 10)
        recipe.batch = 16
        recipe.chunk = 16
        // What lies between segments is commoner than any one class.
        recipe.classWeights = [ActionModel.nothing: 3]
        recipe.network.window = 1
        recipe.network.blocks = [
            .init(channels: 24, kernel: 5, lookAhead: 1), .init(channels: 32, kernel: 5, lookAhead: 1),
            .init(channels: 48, kernel: 5, lookAhead: 1), .init(channels: 48, kernel: 5, dilation: 2, lookAhead: 0),
            .init(channels: 64, kernel: 5, dilation: 3, lookAhead: 0),
        ]
        recipe.optimiser.dropout = 0.3
        recipe.optimiser.averaging = 0.99
        recipe.augmentation.rotation = 45
        recipe.augmentation.speed = 1.4
        recipe.augmentation.bones = 0.08
        recipe.augmentation.bias = 0.03
        recipe.augmentation.jitter = 0.02
        recipe.augmentation.rootless = 0.1
        return recipe
    }
}
