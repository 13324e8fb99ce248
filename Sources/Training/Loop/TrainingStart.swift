import Inference
import Recognition

/// A trained model whose weights a training starts from, instead of from random ones.
///
/// Its networks must be shaped as the recipe has them, and see people as the recipe says. Classes may differ: those that
/// the model knows keep what it knows of them, the others begin at nothing.
package struct TrainingStart: Sendable {
    private let folder: String
    private let description: ActionModelDescription
    /// Those of each network.
    private let parameters: [[Float]]
    let standardisation: FeatureStandardisation

    /// - Parameter folder: of a model that was trained here.
    package init(folder: String) throws {
        guard let description = try ActionModel(folder: folder).trained else {
            throw TrainingError(file: folder, "expected a model that was trained here, found an imported network")
        }
        self.folder = folder
        self.description = description
        let layers = ActionModel.layers(description.architecture)
        let file = try TensorFile(contentsOf: folder + "/weights.safetensors")
        parameters = try (0..<(description.networks ?? 1)).map {
            try layers.parameters(from: file, prefix: ActionModel.tensorPrefix(network: $0))
        }
        standardisation = try ActionModel.standardisation(from: file)
    }

    /// Name and version.
    package var identifier: String { "\(description.name)@\(description.version.prefix(8))" }

    /// What the model was trained on that is not said of the training itself, for `model.json`.
    ///
    /// - Parameter credits: what is said of the training.
    func credits(beside credits: [String]) -> [String] {
        ["weights of \(identifier)"] + description.trainingData.filter { !credits.contains($0) }
    }

    /// Why a training by a recipe cannot start from it; nil when it can.
    package func fault(for recipe: Recipe) -> TrainingError? {
        func error(_ place: String, _ difference: String) -> TrainingError {
            TrainingError(
                file: folder + "/model.json", place: place,
                "\(difference): a training starts from networks of its own shape; --recipe names the recipe that "
                    + "\(identifier) was trained with")
        }
        var shape = recipe.architecture(classes: description.classes.count)
        shape.frames = description.architecture.frames
        if description.architecture != shape {
            return error("architecture", "expected the layers of the recipe, found others")
        }
        if description.networks ?? 1 != recipe.networks {
            return error(
                "networks", "expected \(recipe.networks), as the recipe has it, found \(description.networks ?? 1)")
        }
        if description.normalisation != recipe.normalisation {
            return error("normalisation", "expected that of the recipe, found another")
        }
        if description.sampling.rate != recipe.sampling.rate {
            return error(
                "sampling.rate",
                "expected \(recipe.sampling.rate), as the recipe has it, found \(description.sampling.rate)")
        }
        return nil
    }

    /// The parameters of one network for other classes.
    ///
    /// - Parameters:
    ///   - number: of the network, counted from 0.
    ///   - layers: of the training: the same but for the classes.
    func parameters(network number: Int, classes: [String], layers: TemporalLayers) -> [Float] {
        let (own, head) = (ActionModel.layers(description.architecture), layers.head)
        var result = [Float](repeating: 0, count: layers.layout.count)
        for (to, from) in zip(layers.layout.slots, own.layout.slots)
        where to.name == from.name && to.shape == from.shape {
            result.replaceSubrange(to.range, with: parameters[number][from.range])
        }
        for (index, name) in classes.enumerated() {
            let row = head.weight.offset + index * head.channels
            let known = description.classes.firstIndex(of: name)
            for channel in 0..<head.channels {
                result[row + channel] =
                    known.map { parameters[number][own.head.weight.offset + $0 * head.channels + channel] } ?? 0
            }
            result[head.bias.offset + index] = known.map { parameters[number][own.head.bias.offset + $0] } ?? 0
        }
        return result
    }
}
