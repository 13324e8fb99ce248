import Inference
import Recognition

/// A small untrained model, the same each time.
enum TinyModel {
    static func description(classes: [String], frames: Int = 8) -> ActionModelDescription {
        ActionModelDescription(
            name: "tiny", version: "", classes: classes, normalisation: PoseNormalisation(),
            sampling: ClipSampling(frames: frames, span: .window, seconds: 1),
            architecture: TemporalArchitecture(
                inputChannels: ClipFeatures.channels, frames: frames, classes: classes.count,
                blocks: [.init(channels: 8, kernel: 3)]))
    }

    /// Takes ten frames a second and looks one ahead.
    static func streamDescription(classes: [String]) -> ActionModelDescription {
        ActionModelDescription(
            name: "tiny-stream", version: "", classes: classes, normalisation: PoseNormalisation(),
            sampling: .stream(frames: 16, rate: 10),
            architecture: TemporalArchitecture(
                inputChannels: ClipFeatures.channels, frames: 16, classes: classes.count,
                blocks: [
                    .init(channels: 8, kernel: 3, lookAhead: 1),
                    .init(channels: 8, kernel: 3, dilation: 2, lookAhead: 0),
                ], window: 1))
    }

    /// An untrained stream model: what it says is arbitrary, but depends on all it has seen.
    static func stream() -> ActionModel {
        let description = streamDescription(classes: ["bend", "jump", "nothing"])
        let layers = ActionModel.layers(description.architecture)
        return ActionModel(
            description: description,
            network: TemporalNetwork(layers: layers, parameters: layers.initialParameters(seed: 5)),
            standardisation: standardisation)
    }

    static let standardisation = FeatureStandardisation(
        mean: [Float](repeating: 0, count: ClipFeatures.channels * 16),
        scale: [Float](repeating: 1, count: ClipFeatures.channels * 16))

    static func parameters(_ description: ActionModelDescription) -> [Float] {
        ActionModel.layers(description.architecture).initialParameters(seed: 3)
    }

    /// A model that tells bodies apart by nothing but the height of the hands over the shoulders: up or down.
    static func handsUp(nothing: Bool) -> ActionModel {
        handsUp(description(classes: nothing ? ["hands_up", "nothing"] : ["hands_up", "hands_down"]))
    }

    /// The same as a stream model.
    static func handsUpStream(nothing: Bool) -> ActionModel {
        var description = streamDescription(classes: nothing ? ["hands_up", "nothing"] : ["hands_up", "hands_down"])
        description.architecture.blocks.removeLast()
        return handsUp(description)
    }

    private static func handsUp(_ description: ActionModelDescription) -> ActionModel {
        let layers = ActionModel.layers(description.architecture)
        var parameters = [Float](repeating: 0, count: layers.layout.count)
        for slot in layers.layout.slots {
            let isUnit = slot.name.hasSuffix(".variance") || slot.name.hasSuffix("_norm.scale")
            if isUnit { for i in slot.range { parameters[i] = 1 } }
        }
        let block = layers.blocks[0]
        // Only self-links, only channel 1 (y, down), only the wrists: channel 0 rises as the hands do.
        for wrist in [6, 9] { parameters[block.graph.importance.offset + wrist * 16 + wrist] = 1 }
        let inputs = ClipFeatures.channels
        parameters[block.graph.weight.offset + 1] = -1
        parameters[block.graph.weight.offset + 3 * inputs + 1] = 1
        guard case .convolution(let temporal) = block.temporal else {
            preconditionFailure("the blocks here have no branches")
        }
        for channel in 0..<2 { parameters[temporal.weight.offset + (channel * 8 + channel) * 3 + 1] = 1 }
        for (index, weight) in [Float(60), -60].enumerated() {
            parameters[layers.head.weight.offset + index * 8] = weight
            parameters[layers.head.weight.offset + index * 8 + 1] = -weight
        }
        return ActionModel(
            description: description, network: TemporalNetwork(layers: layers, parameters: parameters),
            standardisation: standardisation)
    }
}
