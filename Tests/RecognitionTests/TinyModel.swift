import Inference
import Recognition

/// A small untrained model, the same each time.
enum TinyModel {
    /// Takes ten frames a second and looks one ahead.
    static func description(classes: [String], frames: Int = 16) -> ActionModelDescription {
        ActionModelDescription(
            name: "tiny", version: "", classes: classes, normalisation: PoseNormalisation(),
            sampling: Cadence(frames: frames, rate: 10),
            architecture: TemporalArchitecture(
                inputChannels: MotionFeatures.channels, frames: frames, classes: classes.count,
                blocks: [
                    .init(channels: 8, kernel: 3, lookAhead: 1),
                    .init(channels: 8, kernel: 3, dilation: 2, lookAhead: 0),
                ], window: 1))
    }

    /// An untrained model: what it says is arbitrary, but depends on all it has seen.
    static func model(networks: Int = 1) -> ActionModel {
        var description = description(classes: ["bend", "jump", "nothing"])
        if networks > 1 { description.networks = networks }
        let layers = ActionModel.layers(description.architecture)
        return ActionModel(
            description: description,
            networks: (0..<networks).map {
                ContinualNetwork(layers: layers, parameters: layers.initialParameters(seed: 5 + UInt64($0)))
            }, standardisation: standardisation)
    }

    static let standardisation = FeatureStandardisation(
        mean: [Float](repeating: 0, count: MotionFeatures.channels * 16),
        scale: [Float](repeating: 1, count: MotionFeatures.channels * 16))

    static func parameters(_ description: ActionModelDescription) -> [Float] {
        ActionModel.layers(description.architecture).initialParameters(seed: 3)
    }

    /// A model that tells bodies apart by nothing but the height of the hands over the shoulders: up or down.
    static func handsUp(nothing: Bool) -> ActionModel {
        var description = description(classes: nothing ? ["hands_up", "nothing"] : ["hands_up", "hands_down"])
        description.architecture.blocks.removeLast()
        let layers = ActionModel.layers(description.architecture)
        var parameters = [Float](repeating: 0, count: layers.layout.count)
        for slot in layers.layout.slots {
            let isUnit = slot.name.hasSuffix(".variance") || slot.name.hasSuffix("_norm.scale")
            if isUnit { for i in slot.range { parameters[i] = 1 } }
        }
        let block = layers.blocks[0]
        // Only self-links, only channel 1 (y, down), only the wrists: channel 0 rises as the hands do.
        for wrist in [6, 9] { parameters[block.graph.importance.offset + wrist * 16 + wrist] = 1 }
        let inputs = MotionFeatures.channels
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
            description: description, networks: [ContinualNetwork(layers: layers, parameters: parameters)],
            standardisation: standardisation)
    }
}
