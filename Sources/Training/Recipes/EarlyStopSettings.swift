/// When a training is over before its last epoch: when it gets no better on clips it is not trained on.
package struct EarlyStopSettings: Sendable, Codable, Equatable {
    /// Fraction of the training that is kept back to watch: of the people, where there are at least four and the clips
    /// say who moves, of each class's clips otherwise. 0 trains on everything to the last epoch.
    package var validationFraction: Float = 0
    /// Epochs without a lower loss on what was kept back before the training is over.
    package var patience = 10

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case validationFraction = "validation_fraction"
        case patience
    }
}
