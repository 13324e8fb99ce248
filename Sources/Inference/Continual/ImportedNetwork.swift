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
        /// In the order of the network's outputs.
        package var classes: [String]
        package var licence: String?

        /// What makes no sense here, in words; nil when all is well.
        fileprivate var fault: (place: String, problem: String)? {
            if format != 1 { return ("format", "expected 1, found \(format)") }
            if kind != "network" { return ("kind", "expected network, found \(kind)") }
            if origin != "pyskl" { return ("origin", "expected pyskl, found \(origin)") }
            if !(1...4096 ~= frames) { return ("frames", "expected 1 to 4096, found \(frames)") }
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
        guard let json = FileManager.default.contents(atPath: manifest) else {
            throw InferenceError(
                .unreadable, file: manifest, "the file cannot be read; a model is a folder with model.json")
        }
        guard let description = try? JSONDecoder().decode(Description.self, from: json) else {
            throw InferenceError(.malformed, file: manifest, "not what 'laban models import-pyskl' writes")
        }
        if let fault = description.fault {
            throw InferenceError(.mismatch, file: manifest, place: fault.place, fault.problem)
        }
        let weights = folder.appending(path: "weights.safetensors").path(percentEncoded: false)
        try self.init(description, bytes: Self.read(weights), file: weights)
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
        self.description = description
        self.network = network
    }

    /// Checks weights that PySKL wrote and puts them into a model folder.
    ///
    /// - Parameters:
    ///   - weights: a safetensors file.
    ///   - folder: is made when it is not there; its last part is the model's name.
    ///   - classes: names in the order of the network's outputs; numbers when nil.
    package init(
        importing weights: String, to folder: URL, frames: Int, strides: [Int]?, adjacency: PySKLAdjacency,
        classes: [String]?, licence: String?
    ) throws(InferenceError) {
        let bytes = try Self.read(weights)
        var description = Description(
            name: folder.lastPathComponent, version: ContentHash(bytes).description, frames: frames, strides: strides,
            adjacency: adjacency, classes: classes ?? [], licence: licence)
        if let fault = description.fault {
            throw InferenceError(.mismatch, file: weights, place: fault.place, fault.problem)
        }
        if classes == nil {
            let network = try ContinualNetwork(
                pyskl: TensorFile(bytes, file: weights), clipFrames: frames, strides: strides, adjacency: adjacency)
            description.classes = (0..<network.classes).map { "class \($0)" }
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

    private static func read(_ path: String) throws(InferenceError) -> [UInt8] {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw InferenceError(.unreadable, file: path, "the file cannot be read")
        }
        return [UInt8](data)
    }
}
