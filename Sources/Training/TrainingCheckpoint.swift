import Foundation
import Inference

/// Where an interrupted training goes on from: one file in the output folder, gone when the training is done.
struct TrainingCheckpoint {
    struct State {
        let step: Int
        let parameters: [Float]
        let first: [Float]
        let second: [Float]
        let averaged: [Float]
    }

    let folder: String
    /// Tells one training from another: a checkpoint of another one is not used.
    let identity: String

    private var path: String { folder + "/checkpoint.safetensors" }

    func save(_ state: State, _ layout: ParameterLayout) throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        var file = TensorFileWriter()
        file.add("step." + identity, shape: [2], values: [Float(state.step / 4096), Float(state.step % 4096)])
        file.add("parameters", shape: [layout.count], values: state.parameters)
        file.add("first", shape: [layout.count], values: state.first)
        file.add("second", shape: [layout.count], values: state.second)
        file.add("averaged", shape: [layout.count], values: state.averaged)
        try file.write(to: path)
    }

    /// The saved state, or nil when there is none.
    func load(_ layout: ParameterLayout) throws -> State? {
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        let file = try TensorFile(contentsOf: path)
        guard file.names.contains("step." + identity) else {
            throw TrainingError(
                file: path, "the checkpoint is of another training (recipe or clips differ); remove it to start anew")
        }
        let step = try file.values(of: "step." + identity, shape: [2])
        return State(
            step: Int(step[0]) * 4096 + Int(step[1]),
            parameters: try file.values(of: "parameters", shape: [layout.count]),
            first: try file.values(of: "first", shape: [layout.count]),
            second: try file.values(of: "second", shape: [layout.count]),
            averaged: try file.values(of: "averaged", shape: [layout.count]))
    }

    func remove() { try? FileManager.default.removeItem(atPath: path) }
}
