import Foundation
package import Inference

extension LiftingNetwork {
    /// What `model.json` must say; more may stand there.
    private struct Description: Decodable {
        let architecture: TemporalArchitecture
    }

    /// Reads `model.json` and `weights.safetensors` of a folder.
    ///
    /// - Throws: where they are missing, or are no network from flat samples to joints.
    package init(folder: String) throws(InferenceError) {
        let place = folder + "/model.json"
        let bytes = try BoundedFile.read(place, limit: BoundedFile.largestManifest)
        let architecture = try BoundedFile.decode(Description.self, from: bytes, file: place).architecture
        if let fault = architecture.fault {
            throw InferenceError(.malformed, file: place, place: "architecture", fault)
        }
        guard architecture.speaksOfJoints, architecture.inputChannels == LiftingFeatures.channels,
            architecture.classes == Self.outputs, architecture.receptiveField.delay == 0
        else {
            throw InferenceError(
                .mismatch, file: place, place: "architecture",
                expected: "\(LiftingFeatures.channels) channels in, \(Self.outputs) numbers a joint, no delay",
                found: "\(architecture.inputChannels), \(architecture.classes), \(architecture.receptiveField.delay)")
        }
        let layers = Self.layers(architecture)
        let file = try TensorFile(contentsOf: folder + "/weights.safetensors", limit: BoundedFile.largestWeights)
        let network = ContinualNetwork(layers: layers, parameters: try layers.parameters(from: file))
        try network.checkSize(file: file.file)
        self.init(network)
    }
}
