import Foundation
package import Inference
package import Skeleton

/// Networks that were trained elsewhere, and how people are shown to them.
extension ActionModel {
    /// The joint sets that poses can be turned into for imported networks.
    package static let importedTopologies: [SkeletonTopology] = [.coco17, .coco18, .hand21]

    /// Reads the folder of an imported network.
    ///
    /// - Throws: also when people cannot be turned into what the network sees.
    init(importedFrom folder: String) throws(RecognitionError) {
        let place = URL(filePath: folder)
        let manifest = place.appending(path: "model.json").path(percentEncoded: false)
        let imported: ImportedNetwork
        do throws(InferenceError) { imported = try ImportedNetwork(folder: place) } catch {
            throw RecognitionError(error)
        }
        let network = imported.network
        guard let input = imported.description.input else {
            throw RecognitionError(
                file: manifest, place: "input",
                expected: "what people are turned into for it, which is known of x, y and perhaps confidence of "
                    + Self.importedTopologies.map { "\($0.name) (\($0.count) joints)" }.joined(separator: ", "),
                found: "a network of \(network.joints) joints and \(network.inputChannels) channels without it")
        }
        guard let topology = Self.importedTopologies.first(where: { $0.name == input.topology }) else {
            throw RecognitionError(
                file: manifest, place: "input.topology",
                expected: Self.importedTopologies.map(\.name).joined(separator: ", "), found: input.topology)
        }
        guard network.joints == topology.count, 2...3 ~= network.inputChannels else {
            throw RecognitionError(
                file: manifest, place: "input.topology",
                expected: "a network of \(topology.count) joints and 2 or 3 channels for \(topology.name)",
                found: "\(network.joints) joints and \(network.inputChannels) channels")
        }
        let names = imported.description.classes
        for (place, text) in [("classes", names), ("name", [imported.description.name])] {
            if let fault = Self.nameFault(text) { throw RecognitionError(file: manifest, place: place, fault) }
        }
        var classes: [String] = []
        var places: [String: Int] = [:]
        let classOfOutput = names.map { name in
            if let place = places[name] { return place }
            places[name] = classes.count
            classes.append(name)
            return classes.count - 1
        }
        let period = input.seconds / Double(network.clipFrames)
        let field = network.receptiveField
        self.init(
            origin: .imported(imported.description), classes: classes, networks: [network],
            input: ActionInput(
                .keypoints(
                    KeypointInput(
                        topology: topology, channels: network.inputChannels, normalisation: input.normalisation,
                        frames: network.clipFrames)),
                period: period),
            classOfOutput: classOfOutput, emptyLogits: input.people == 2 ? Self.emptyLogits(network) : nil,
            // A clip has one label: a prediction speaks of the middle of the features it is the mean of.
            labelDelay: (Double(field.delay) + Double((network.window - 1) * field.stride) / 2) * period)
    }

    private static func emptyLogits(_ network: ContinualNetwork) -> [Float] {
        ClipWorkspace(network: network, clips: 1).run(count: 1) { clip in
            for i in clip.indices { clip[i] = 0 }
        } read: { logits, _ in
            Array(logits[0])
        }
    }

    /// How people become the input of an imported network, as far as its size tells.
    ///
    /// - Parameters:
    ///   - topology: when nil, the one with as many joints.
    ///   - mean: of the training clips' x and y, where it is known.
    ///   - normalisation: when nil, fractions of the picture where `mean` is that of fractions, else from -1 to 1.
    ///   - seconds: when nil, as long as the clip's frames take at 30 a second.
    ///   - people: when nil, 1.
    /// - Returns: nil when there is no such topology.
    package static func importedInput(
        for network: ContinualNetwork, mean: Float?, topology: String? = nil,
        normalisation: ImportedNetwork.Description.Input.Normalisation? = nil, seconds: Double? = nil,
        people: Int? = nil
    ) -> ImportedNetwork.Description.Input? {
        let found = importedTopologies.first { $0.name == topology ?? $0.name && $0.count == network.joints }
        guard let found, 2...3 ~= network.inputChannels else { return nil }
        let isFraction = mean.map { 0.3...0.7 ~= $0 } ?? false
        return ImportedNetwork.Description.Input(
            topology: found.name, normalisation: normalisation ?? (isFraction ? .fraction : .picture),
            seconds: seconds ?? max(0.1, min(60, Double(network.clipFrames) / 30)), people: people ?? 1)
    }
}
