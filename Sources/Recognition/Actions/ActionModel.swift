import Foundation
package import Inference
import Skeleton

/// A trained classifier of actions: a folder with `model.json` and `weights.safetensors`. Immutable and shared.
package struct ActionModel: Sendable {
    package let description: ActionModelDescription
    /// One network or more of the same architecture, whose logits are averaged.
    package let networks: [TemporalNetwork]
    package let standardisation: FeatureStandardisation
    /// What steps people in all the streams that are watched with this model together; nil for models of windows.
    package let batcher: StreamBatcher?

    /// The class that stands for none of the others, which never becomes an event.
    package static let nothing = "nothing"
    /// The class of being on both feet and at nothing in particular.
    package static let still = "stand"

    package var name: String { description.name }
    /// Name and version, as events give it.
    package var identifier: String { "\(description.name)@\(description.version.prefix(8))" }
    package var classes: [String] { description.classes }
    /// The first network, which tells how all of them run.
    package var network: TemporalNetwork { networks[0] }

    /// - Parameter networks: as many as the description says.
    package init(
        description: ActionModelDescription, networks: [TemporalNetwork], standardisation: FeatureStandardisation
    ) {
        precondition(networks.count == description.networks ?? 1, "the description counts the networks")
        self.description = description
        self.networks = networks
        self.standardisation = standardisation
        batcher = description.sampling.span == .stream ? StreamBatcher(network: networks[0].continual) : nil
    }

    package init(
        description: ActionModelDescription, network: TemporalNetwork, standardisation: FeatureStandardisation
    ) {
        self.init(description: description, networks: [network], standardisation: standardisation)
    }

    /// Reads a model folder; everything is checked against everything else.
    package init(folder: String) throws(RecognitionError) {
        let descriptionFile = Self.path(folder, "model.json")
        let weightsFile = Self.path(folder, "weights.safetensors")
        let json: Data
        do throws(InferenceError) {
            json = Data(try BoundedFile.read(descriptionFile, limit: BoundedFile.largestManifest))
        } catch {
            throw RecognitionError(file: descriptionFile, error.problem + "; a model is a folder with model.json")
        }
        let description: ActionModelDescription
        do {
            description = try JSONDecoder().decode(ActionModelDescription.self, from: json)
        } catch let error as DecodingError {
            throw RecognitionError(file: descriptionFile, place: error.place, error.problem)
        } catch {
            throw RecognitionError(file: descriptionFile, "not JSON")
        }
        if description.hasKernelMachines {
            throw RecognitionError(
                file: descriptionFile, place: "kernels",
                "models have no kernel machines any more: train this one anew")
        }
        if let (place, problem) = Self.fault(description) {
            throw RecognitionError(file: descriptionFile, place: place, problem)
        }
        let bytes: [UInt8]
        do throws(InferenceError) {
            bytes = try BoundedFile.read(weightsFile, limit: BoundedFile.largestWeights)
        } catch {
            throw RecognitionError(file: weightsFile, error.problem)
        }
        let hash = ContentHash(bytes).description
        guard hash == description.version else {
            throw RecognitionError(
                file: weightsFile, place: "contents", expected: "hash \(description.version)", found: hash)
        }
        let layers = Self.layers(description.architecture)
        do throws(InferenceError) {
            let weights = try TensorFile(bytes, file: weightsFile)
            let shape = [ClipFeatures.channels, MotionSample.jointCount]
            var networks: [TemporalNetwork] = []
            for number in 0..<(description.networks ?? 1) {
                let parameters = try layers.parameters(from: weights, prefix: Self.prefix(number))
                networks.append(TemporalNetwork(layers: layers, parameters: parameters))
            }
            try networks[0].continual.checkSize(file: weightsFile)
            self.init(
                description: description, networks: networks,
                standardisation: FeatureStandardisation(
                    mean: try weights.finiteValues(of: "input.mean", shape: shape),
                    scale: try weights.finiteValues(of: "input.scale", shape: shape)))
        } catch {
            throw RecognitionError(file: weightsFile, place: error.place, error.problem)
        }
    }

    /// The layers of an architecture over the common joints.
    package static func layers(_ architecture: TemporalArchitecture) -> TemporalLayers {
        let topology = SkeletonTopology.common16
        return TemporalLayers(
            architecture: architecture, joints: topology.count,
            edges: topology.inwardEdges.map { ($0.child, $0.parent) }, center: topology.center)
    }

    /// What the names of a network's tensors begin with.
    private static func prefix(_ number: Int) -> String { number == 0 ? "" : "networks.\(number)." }

    /// The most networks of a model.
    package static let mostNetworks = 8

    /// Writes a model folder; the version is made from the weights.
    ///
    /// - Parameter parameters: those of all networks, one after another.
    package static func write(
        _ description: ActionModelDescription, parameters: [Float], standardisation: FeatureStandardisation,
        to folder: String
    ) throws(RecognitionError) {
        let shape = [ClipFeatures.channels, MotionSample.jointCount]
        var weights = TensorFileWriter()
        weights.add("input.mean", shape: shape, values: standardisation.mean)
        weights.add("input.scale", shape: shape, values: standardisation.scale)
        let layers = layers(description.architecture)
        for number in 0..<(description.networks ?? 1) {
            let own = number * layers.layout.count..<(number + 1) * layers.layout.count
            layers.add(Array(parameters[own]), to: &weights, prefix: prefix(number))
        }
        var description = description
        description.version = ContentHash(weights.bytes).description
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            try weights.write(to: path(folder, "weights.safetensors"))
        } catch {
            throw RecognitionError(file: folder, "the model cannot be written: \(error)")
        }
        try write(description, to: folder)
    }

    /// Writes `model.json` alone, beside the weights it describes.
    package static func write(_ description: ActionModelDescription, to folder: String) throws(RecognitionError) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        let file = path(folder, "model.json")
        do {
            try (encoder.encode(description) + Data("\n".utf8)).write(to: URL(filePath: file), options: .atomic)
        } catch {
            throw RecognitionError(file: file, "the description cannot be written: \(error)")
        }
    }

    private static func path(_ folder: String, _ name: String) -> String {
        folder.hasSuffix("/") ? folder + name : folder + "/" + name
    }

    /// What keeps one of these from being the name of a model or a class; nil when all can be.
    package static func nameFault(_ names: [String]) -> String? {
        for name in names {
            let isPlain = name.unicodeScalars.allSatisfy {
                ![.control, .format, .lineSeparator, .paragraphSeparator].contains($0.properties.generalCategory)
            }
            guard isPlain, (1...128).contains(name.utf8.count) else {
                return
                    "expected names of 1 to 128 bytes without control characters, found \(name.prefix(40).debugDescription)"
            }
        }
        return nil
    }

    private static func fault(_ description: ActionModelDescription) -> (place: String, problem: String)? {
        if description.format != 1 { return ("format", "expected 1, found \(description.format)") }
        if description.topology != SkeletonTopology.common16.name {
            return ("topology", "expected common16, found \(description.topology)")
        }
        if let fault = description.architecture.fault { return ("architecture", fault) }
        if let networks = description.networks, !(1...mostNetworks ~= networks) {
            return ("networks", "expected 1 to \(mostNetworks), found \(networks)")
        }
        if description.sampling.span == .stream, description.networks ?? 1 > 1 {
            return ("networks", "expected 1, since the sampling's span is 'stream'")
        }
        let architecture = description.architecture
        if architecture.inputChannels != ClipFeatures.channels {
            return (
                "architecture.input_channels", "expected \(ClipFeatures.channels), found \(architecture.inputChannels)"
            )
        }
        if architecture.classes != description.classes.count {
            return ("classes", "expected \(architecture.classes) classes, found \(description.classes.count)")
        }
        if description.classes.count < 2 {
            return ("classes", "expected at least two, found \(description.classes.count)")
        }
        if Set(description.classes).count != description.classes.count { return ("classes", "a class occurs twice") }
        if let fault = Self.nameFault(description.classes) { return ("classes", fault) }
        if let fault = Self.nameFault([description.name]) { return ("name", fault) }
        if description.sampling.frames != architecture.frames {
            return ("sampling.frames", "expected \(architecture.frames), found \(description.sampling.frames)")
        }
        if !(0.1...60 ~= description.sampling.seconds) {
            return ("sampling.seconds", "expected 0.1 to 60, found \(description.sampling.seconds)")
        }
        if !(0...1 ~= description.sampling.lookBackShare) {
            return ("sampling.look_back", "expected 0 to 1, found \(description.sampling.lookBackShare)")
        }
        if !(1...120 ~= description.sampling.rate) {
            return ("sampling.rate", "expected 1 to 120, found \(description.sampling.rate)")
        }
        if !(0...0.5 ~= description.sampling.trim) {
            return ("sampling.trim", "expected 0 to 0.5, found \(description.sampling.trim)")
        }
        if !(1...ClipSampling.mostViews ~= description.sampling.views) {
            return (
                "sampling.views", "expected 1 to \(ClipSampling.mostViews), found \(description.sampling.views)"
            )
        }
        if let fault = description.operatingTable?.fault { return ("operating_table", fault) }
        if !(0.01...100 ~= description.temperature) {
            return ("temperature", "expected 0.01 to 100, found \(description.temperature)")
        }
        return nil
    }
}
