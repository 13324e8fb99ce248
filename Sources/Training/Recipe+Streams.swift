import Recognition

extension Recipe {
    /// A recipe for long recordings: the model sees a window and speaks of a moment in it.
    package static var forStreams: Recipe {
        var recipe = Recipe()
        recipe.sampling = ClipSampling(frames: 24, span: .window, seconds: 1.6, lookBackShare: 0.3)
        recipe.calibration = 0.1
        return recipe
    }
}
