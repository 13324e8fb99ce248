import Foundation
import ModelStore
import Recognition

/// What is added to a model's `model.json` once its weights are written.
enum ModelRecord {
    /// Notes the digest of the weights, which `laban models verify` compares.
    static func digest(in folder: String) throws {
        let name = "weights.safetensors"
        let bytes = try DurableFile.read(URL(filePath: folder).appending(path: name), limit: 1 << 30)
        var description = try description(in: folder)
        description.files = [.init(name: name, bytes: bytes.count, sha256: SHA256.hex(of: bytes))]
        try ActionModel.write(description, to: folder)
    }

    /// Notes what was measured on sets of others, in the place of what was noted before.
    static func crossDataset(_ measured: [ActionModelDescription.CrossDatasetMeasurement], in folder: String) throws {
        var description = try description(in: folder)
        description.crossDataset = measured
        try ActionModel.write(description, to: folder)
        try digest(in: folder)
    }

    /// What `model.json` says of a model that was trained here; others say nothing of what is measured.
    static func description(in folder: String) throws -> ActionModelDescription {
        guard let description = try ActionModel(folder: folder).trained else {
            throw RecognitionError(
                file: folder, expected: "a model that was trained by Laban", found: "an imported network")
        }
        return description
    }
}
