package import Foundation

/// A network that was trained elsewhere: a folder with `weights.safetensors`, as its maker wrote it, and `model.json`,
/// which says what weights alone do not.
package struct ImportedNetwork: Sendable {
    /// What `model.json` says.
    package struct Description: Sendable, Codable, Equatable {
        /// The form of this file; 1.
        package var format = 1
        /// `network`: it gives scores, and no rules yet say how to feed it skeletons.
        package var kind = "network"
        package var name: String
        /// Hash of the weights.
        package var version: String
        /// Who wrote the weights; `pyskl`.
        package var origin = "pyskl"
        /// Frames of the clips it was trained on.
        package var frames: Int
        /// One for each block; PySKL's habit when left out.
        package var strides: [Int]?
        package var adjacency: PySKLAdjacency
        /// In the order of the network's outputs. Those of one name are one class; `nothing` is never reported.
        package var classes: [String]
        package var licence: String?
        /// How people become its input; nil when that is not known, and it can only be checked.
        package var input: Input?

        /// How people become the input of a network, as PySKL prepared its training clips.
        package struct Input: Sendable, Codable, Equatable {
            /// What x and y are relative to.
            package enum Normalisation: String, Sendable, JSONChoice {
                /// The picture's width and height: -1…1 from edge to edge.
                case picture
                /// The picture's width and height: 0…1 from edge to edge.
                case fraction
                /// What the joints of the clip span: -1…1 from the first to the last.
                case extent
            }

            /// The joints by the name of a topology.
            package var topology: String
            package var normalisation: Normalisation
            /// What the frames of a clip span.
            package var seconds: Double
            /// People in a training clip, 1 or 2: beside one person the second is left empty, as PySKL does.
            package var people: Int

            package init(topology: String, normalisation: Normalisation, seconds: Double, people: Int) {
                self.topology = topology
                self.normalisation = normalisation
                self.seconds = seconds
                self.people = people
            }
        }

        /// What makes no sense here, in words; nil when all is well.
        fileprivate var fault: (place: String, problem: String)? {
            if format != 1 { return ("format", "expected 1, found \(format)") }
            if kind != "network" { return ("kind", "expected network, found \(kind)") }
            if origin != "pyskl" { return ("origin", "expected pyskl, found \(origin)") }
            if !(1...4096 ~= frames) { return ("frames", "expected 1 to 4096, found \(frames)") }
            if let input, !(0.1...60 ~= input.seconds) {
                return ("input.seconds", "expected 0.1 to 60, found \(input.seconds)")
            }
            if let input, !(1...2 ~= input.people) {
                return ("input.people", "expected 1 or 2, found \(input.people)")
            }
            if let wrong = strides?.first(where: { !(1...8 ~= $0) }) {
                return ("strides", "expected 1 to 8, found \(wrong)")
            }
            return nil
        }
    }

    package let description: Description
    package let network: ContinualNetwork

    /// Reads a model folder; everything is checked against everything else.
    package init(folder: URL) throws(InferenceError) {
        let manifest = folder.appending(path: "model.json").path(percentEncoded: false)
        let json = try BoundedFile.read(manifest, limit: BoundedFile.largestManifest)
        let description = try BoundedFile.decode(Description.self, from: json, file: manifest)
        if let fault = description.fault {
            throw InferenceError(.mismatch, file: manifest, place: fault.place, fault.problem)
        }
        let weights = folder.appending(path: "weights.safetensors").path(percentEncoded: false)
        try self.init(
            description, bytes: BoundedFile.read(weights, limit: BoundedFile.largestWeights), file: weights)
    }

    private init(_ description: Description, bytes: [UInt8], file: String) throws(InferenceError) {
        let hash = ContentHash(bytes).description
        guard hash == description.version else {
            throw InferenceError(
                .mismatch, file: file, place: "contents", expected: "hash \(description.version)", found: hash)
        }
        let network = try ContinualNetwork(
            pyskl: TensorFile(bytes, file: file), clipFrames: description.frames, strides: description.strides,
            adjacency: description.adjacency)
        guard network.classes == description.classes.count else {
            throw InferenceError(
                .mismatch, file: file, place: "classes", expected: "\(network.classes) names",
                found: "\(description.classes.count)")
        }
        try network.checkSize(file: file)
        self.description = description
        self.network = network
    }

    /// Checks weights that PySKL wrote and puts them into a model folder.
    ///
    /// - Parameters:
    ///   - weights: a safetensors file.
    ///   - folder: is made when it is not there; its last part is the model's name.
    ///   - classes: names in the order of the network's outputs; numbers when nil.
    ///   - input: makes how people become its input from the network and, where it is recorded, the mean of its training
    ///     clips' x and y; nil where nothing can.
    package init(
        importing weights: String, to folder: URL, frames: Int, strides: [Int]?, adjacency: PySKLAdjacency,
        classes: [String]?, licence: String?,
        input: (ContinualNetwork, _ mean: Float?) -> Description.Input? = { _, _ in nil }
    ) throws(InferenceError) {
        let bytes = try BoundedFile.read(weights, limit: BoundedFile.largestWeights)
        var description = Description(
            name: folder.lastPathComponent, version: ContentHash(bytes).description, frames: frames, strides: strides,
            adjacency: adjacency, classes: classes ?? [], licence: licence)
        if let fault = description.fault {
            throw InferenceError(.mismatch, file: weights, place: fault.place, fault.problem)
        }
        let tensors = try TensorFile(bytes, file: weights)
        let network = try ContinualNetwork(
            pyskl: tensors, clipFrames: frames, strides: strides, adjacency: adjacency)
        if classes == nil { description.classes = (0..<network.classes).map { "class \($0)" } }
        description.input = input(network, Self.inputMean(tensors, network))
        if let fault = description.fault {
            throw InferenceError(.mismatch, file: weights, place: fault.place, fault.problem)
        }
        try self.init(description, bytes: bytes, file: weights)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try Data(bytes).write(to: folder.appending(path: "weights.safetensors"), options: .atomic)
            try (encoder.encode(description) + Data("\n".utf8)).write(
                to: folder.appending(path: "model.json"), options: .atomic)
        } catch {
            throw InferenceError(
                .unreadable, file: folder.path(percentEncoded: false),
                "the model cannot be written: \(error.localizedDescription)")
        }
    }

    /// What x and y were on average while the network was trained.
    private static func inputMean(_ tensors: TensorFile, _ network: ContinualNetwork) -> Float? {
        let channels = network.inputChannels
        let means = try? tensors.values(of: "backbone.data_bn.running_mean", shape: [network.joints * channels])
        guard let means, channels >= 2 else { return nil }
        let places = means.indices.filter { $0 % channels < 2 }.map { means[$0] }
        return places.reduce(0, +) / Float(places.count)
    }
}
