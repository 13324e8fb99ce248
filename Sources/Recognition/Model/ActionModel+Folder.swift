import Foundation
package import Inference
import Skeleton

extension ActionModel {
    /// Reads a model folder, `model.json` and `weights.safetensors`; everything is checked against everything else.
    package init(folder: String) throws(RecognitionError) {
        let json = try Self.manifest(in: folder)
        if Self.isImported(json) {
            try self.init(importedFrom: folder)
        } else {
            try self.init(trainedIn: folder, json: json)
        }
    }

    /// Whether the model in a folder was trained elsewhere; whatever is wrong with it is not looked for.
    ///
    /// - Throws: when there is no `model.json`.
    package static func isImported(_ folder: String) throws(RecognitionError) -> Bool {
        isImported(try manifest(in: folder))
    }

    private static func isImported(_ json: [UInt8]) -> Bool {
        struct Kind: Decodable {
            var kind: String?
        }
        return (try? JSONDecoder().decode(Kind.self, from: Data(json)))?.kind == "network"
    }

    private static func manifest(in folder: String) throws(RecognitionError) -> [UInt8] {
        let file = path(folder, "model.json")
        do throws(InferenceError) {
            return try BoundedFile.read(file, limit: BoundedFile.largestManifest)
        } catch {
            throw RecognitionError(file: file, error.message + "; a model is a folder with model.json")
        }
    }

    private init(trainedIn folder: String, json: [UInt8]) throws(RecognitionError) {
        let descriptionFile = Self.path(folder, "model.json")
        let weightsFile = Self.path(folder, "weights.safetensors")
        let description: ActionModelDescription
        do throws(InferenceError) {
            description = try BoundedFile.decode(ActionModelDescription.self, from: json, file: descriptionFile)
        } catch {
            throw RecognitionError(error)
        }
        if let (place, problem) = description.fault {
            throw RecognitionError(file: descriptionFile, place: place, problem)
        }
        let bytes: [UInt8]
        do throws(InferenceError) {
            bytes = try BoundedFile.read(weightsFile, limit: BoundedFile.largestWeights)
        } catch {
            throw RecognitionError(file: weightsFile, error.message)
        }
        let hash = ContentHash(bytes).description
        guard hash == description.version else {
            throw RecognitionError(
                file: weightsFile, place: "contents", expected: "hash \(description.version)", found: hash)
        }
        let layers = Self.layers(description.architecture)
        do throws(InferenceError) {
            let weights = try TensorFile(bytes, file: weightsFile)
            var networks: [ContinualNetwork] = []
            for number in 0..<(description.networks ?? 1) {
                let parameters = try layers.parameters(from: weights, prefix: Self.tensorPrefix(network: number))
                networks.append(ContinualNetwork(layers: layers, parameters: parameters))
            }
            try networks[0].checkSize(file: weightsFile)
            self.init(
                description: description, networks: networks,
                standardisation: try Self.standardisation(from: weights))
        } catch {
            throw RecognitionError(file: weightsFile, place: error.place, error.message)
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
    package static func tensorPrefix(network number: Int) -> String { number == 0 ? "" : "networks.\(number)." }

    /// What features are standardised with, from a model's weight file.
    package static func standardisation(from weights: TensorFile) throws(InferenceError) -> FeatureStandardisation {
        let shape = [MotionFeatures.channels, MotionSample.jointCount]
        return FeatureStandardisation(
            mean: try weights.finiteValues(of: "input.mean", shape: shape),
            scale: try weights.finiteValues(of: "input.scale", shape: shape))
    }

    /// Writes a model folder; the version is made from the weights.
    ///
    /// - Parameter parameters: those of all networks, one after another.
    package static func write(
        _ description: ActionModelDescription, parameters: [Float], standardisation: FeatureStandardisation,
        to folder: String
    ) throws(RecognitionError) {
        let shape = [MotionFeatures.channels, MotionSample.jointCount]
        var weights = TensorFileWriter()
        weights.add("input.mean", shape: shape, values: standardisation.mean)
        weights.add("input.scale", shape: shape, values: standardisation.scale)
        let layers = layers(description.architecture)
        for number in 0..<(description.networks ?? 1) {
            let own = number * layers.layout.count..<(number + 1) * layers.layout.count
            layers.add(Array(parameters[own]), to: &weights, prefix: tensorPrefix(network: number))
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

    /// Writes a copy of a model that was trained here, with another description; the very weights that are there already stay.
    ///
    /// - Parameter description: of the same weights.
    package static func copy(
        _ folder: String, to copy: String, description: ActionModelDescription
    ) throws(RecognitionError) {
        let (source, target) = (path(folder, "weights.safetensors"), path(copy, "weights.safetensors"))
        let bytes: [UInt8]
        do throws(InferenceError) {
            bytes = try BoundedFile.read(source, limit: BoundedFile.largestWeights)
        } catch {
            throw RecognitionError(file: source, error.message)
        }
        if (try? BoundedFile.read(target, limit: BoundedFile.largestWeights)) == bytes {
            return try write(description, to: copy)
        }
        do {
            try FileManager.default.createDirectory(atPath: copy, withIntermediateDirectories: true)
            try Data(bytes).write(to: URL(filePath: target), options: .atomic)
        } catch {
            throw RecognitionError(file: copy, "the model cannot be copied: \(error.localizedDescription)")
        }
        try write(description, to: copy)
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
                return "expected names of 1 to 128 bytes without control characters, found "
                    + name.prefix(40).debugDescription + (name.count > 40 ? "…" : "")
            }
        }
        return nil
    }
}
