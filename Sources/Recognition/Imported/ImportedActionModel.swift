import Foundation
package import Inference
package import Skeleton

/// A network that was trained elsewhere, with what it takes to show it people: which of their joints it sees, and how.
/// Immutable and shared.
package struct ImportedActionModel: Sendable {
    package let imported: ImportedNetwork
    let input: ImportedNetwork.Description.Input
    let topology: SkeletonTopology
    /// Each name once, in the order of its first output.
    package let classes: [String]
    /// For each output of the network its class.
    let classOfOutput: [Int]

    /// The joint sets that poses can be turned into.
    package static let topologies: [SkeletonTopology] = [.coco17, .coco18, .hand21]

    /// Name and version, as events give it.
    package var identifier: String { "\(imported.description.name)@\(imported.description.version.prefix(8))" }
    /// Whether it looks at hands.
    package var looksAtHands: Bool { topology == .hand21 }

    /// Reads the folder of an imported network.
    ///
    /// - Throws: also when people cannot be turned into what the network sees.
    package init(folder: String) throws(RecognitionError) {
        let place = URL(filePath: folder)
        let manifest = place.appending(path: "model.json").path(percentEncoded: false)
        do throws(InferenceError) { imported = try ImportedNetwork(folder: place) } catch {
            throw RecognitionError(file: error.file, place: error.place, error.problem)
        }
        let network = imported.network
        guard let input = imported.description.input else {
            throw RecognitionError(
                file: manifest, place: "input",
                expected: "what people are turned into for it, which is known of x, y and perhaps confidence of "
                    + Self.topologies.map { "\($0.name) (\($0.count) joints)" }.joined(separator: ", "),
                found: "a network of \(network.joints) joints and \(network.inputChannels) channels without it")
        }
        guard let topology = Self.topologies.first(where: { $0.name == input.topology }) else {
            throw RecognitionError(
                file: manifest, place: "input.topology",
                expected: Self.topologies.map(\.name).joined(separator: ", "), found: input.topology)
        }
        guard network.joints == topology.count, 2...3 ~= network.inputChannels else {
            throw RecognitionError(
                file: manifest, place: "input.topology",
                expected: "a network of \(topology.count) joints and 2 or 3 channels for \(topology.name)",
                found: "\(network.joints) joints and \(network.inputChannels) channels")
        }
        let names = imported.description.classes
        for (place, text) in [("classes", names), ("name", [imported.description.name])] {
            if let fault = ActionModel.nameFault(text) {
                throw RecognitionError(file: manifest, place: place, fault)
            }
        }
        var classes: [String] = []
        var places: [String: Int] = [:]
        classOfOutput = names.map { name in
            if let place = places[name] { return place }
            places[name] = classes.count
            classes.append(name)
            return classes.count - 1
        }
        self.classes = classes
        self.input = input
        self.topology = topology
    }

    /// How people become the input of a network, as far as its size tells.
    ///
    /// - Parameters:
    ///   - topology: when nil, the one with as many joints.
    ///   - mean: of the training clips' x and y, where it is known.
    ///   - normalisation: when nil, fractions of the picture where `mean` is that of fractions, else from -1 to 1.
    ///   - seconds: when nil, as long as the clip's frames take at 30 a second.
    ///   - people: when nil, 1.
    /// - Returns: nil when there is no such topology.
    package static func input(
        for network: ContinualNetwork, mean: Float?, topology: String? = nil,
        normalisation: ImportedNetwork.Description.Input.Normalisation? = nil, seconds: Double? = nil,
        people: Int? = nil
    ) -> ImportedNetwork.Description.Input? {
        let found = topologies.first { $0.name == topology ?? $0.name && $0.count == network.joints }
        guard let found, 2...3 ~= network.inputChannels else { return nil }
        let isFraction = mean.map { 0.3...0.7 ~= $0 } ?? false
        return ImportedNetwork.Description.Input(
            topology: found.name, normalisation: normalisation ?? (isFraction ? .fraction : .picture),
            seconds: seconds ?? max(0.1, min(60, Double(network.clipFrames) / 30)), people: people ?? 1)
    }
}
