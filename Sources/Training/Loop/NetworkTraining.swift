import Inference

/// One of the networks of a model on its way: where its weights are, and what moves them.
struct NetworkTraining {
    private(set) var parameters: [Float]
    private(set) var optimiser: Optimiser
    private let number: Int

    /// - Parameters:
    ///   - number: which of the model's networks this is; each starts from weights of its own.
    ///   - start: these weights; random ones when nil.
    init(number: Int, layers: TemporalLayers, recipe: Recipe, steps: Int, parameters start: [Float]? = nil) {
        self.number = number
        parameters = start ?? layers.initialParameters(seed: recipe.seed &+ UInt64(number) &* 104_729)
        optimiser = Optimiser(
            settings: recipe.optimiser, layout: layers.layout, parameters: parameters, steps: steps)
    }

    /// Steps taken.
    var step: Int { optimiser.step }

    mutating func update(gradient: [Float]) { optimiser.update(&parameters, gradient: gradient) }

    /// Goes on from a checkpoint of all the networks.
    mutating func restore(_ saved: TrainingCheckpoint.State) {
        let own = number * parameters.count..<(number + 1) * parameters.count
        parameters = Array(saved.parameters[own])
        optimiser.restore(
            step: saved.step, first: Array(saved.first[own]), second: Array(saved.second[own]),
            averaged: Array(saved.averaged[own]))
    }
}
