/// What errors call the things that a training is made of.
package struct TrainingPlaces: Sendable {
    /// The recipe's file.
    package let recipe: String
    /// The folder of recordings; nil where the recipe's sources are all there is.
    package let recordings: String?

    package init(recipe: String? = nil, recordings: String? = nil) {
        self.recipe = recipe ?? "recipe"
        self.recordings = recordings
    }
}
