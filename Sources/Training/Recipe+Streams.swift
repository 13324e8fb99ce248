import Recognition

extension Recipe {
    /// A recipe for long recordings: the model sees a window and speaks of a moment in it.
    ///
    /// No stretches are kept back to calibrate with: in a small set most of them are of `nothing`, the hardest class to
    /// be sure of, and would make the model doubt all others.
    package static var forStreams: Recipe {
        var recipe = Recipe()
        recipe.sampling = ClipSampling(frames: 24, span: .window, seconds: 1.6, lookBackShare: 0.35)
        return recipe
    }
}
