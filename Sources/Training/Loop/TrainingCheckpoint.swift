import Foundation
import Inference

/// Where an interrupted training goes on from: one file in the output folder, gone when the training is done.
struct TrainingCheckpoint {
    struct State {
        let step: Int
        let loss: Double
        let accuracy: Double
        let heldOutLoss: Double?
        /// Those of all networks, one after another; so are the three below.
        let parameters: [Float]
        let first: [Float]
        let second: [Float]
        let averaged: [Float]
        let best: EarlyStop.Best?
    }

    let folder: String
    /// Tells one training from another: a checkpoint of another one is not used.
    let identity: String

    private var path: String { folder + "/checkpoint.safetensors" }

    func save(_ state: State) throws {
        let count = state.parameters.count
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        var file = TensorFileWriter()
        file.add("step." + identity, shape: [4], values: Self.numbers(state.step, state.loss))
        file.add("accuracy", shape: [1], values: [Float(state.accuracy)])
        if let loss = state.heldOutLoss { file.add("held_out_loss", shape: [1], values: [Float(loss)]) }
        if let best = state.best {
            file.add("best.step", shape: [4], values: Self.numbers(best.step, best.loss))
            file.add("best.parameters", shape: [count], values: best.parameters)
        }
        file.add("parameters", shape: [count], values: state.parameters)
        file.add("first", shape: [count], values: state.first)
        file.add("second", shape: [count], values: state.second)
        file.add("averaged", shape: [count], values: state.averaged)
        try file.write(to: path)
    }

    /// The saved state, or nil when there is none.
    ///
    /// - Parameter count: how many parameters all networks have together.
    func load(count: Int) throws -> State? {
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        do { return try read(count: count) } catch let error as InferenceError {
            throw TrainingError(file: error.file, place: error.place, error.message + "; remove it to start anew")
        }
    }

    private func read(count: Int) throws -> State? {
        let file = try TensorFile(contentsOf: path)
        guard file.names.contains("step." + identity) else {
            throw TrainingError(
                file: path, "the checkpoint is of another training (recipe or clips differ); remove it to start anew")
        }
        let (step, loss) = Self.stepAndLoss(try file.values(of: "step." + identity, shape: [4]))
        var (heldOutLoss, best) = (Double?.none, EarlyStop.Best?.none)
        if file.names.contains("held_out_loss") {
            heldOutLoss = Double(try file.values(of: "held_out_loss", shape: [1])[0])
        }
        if file.names.contains("best.step") {
            let (step, loss) = Self.stepAndLoss(try file.values(of: "best.step", shape: [4]))
            best = EarlyStop.Best(
                step: step, loss: loss, parameters: try file.values(of: "best.parameters", shape: [count]))
        }
        return State(
            step: step, loss: loss, accuracy: Double(try file.values(of: "accuracy", shape: [1])[0]),
            heldOutLoss: heldOutLoss, parameters: try file.values(of: "parameters", shape: [count]),
            first: try file.values(of: "first", shape: [count]),
            second: try file.values(of: "second", shape: [count]),
            averaged: try file.values(of: "averaged", shape: [count]), best: best)
    }

    /// Tensors are in single precision: a step is split in two, and so is a loss, lest a resumed training judge otherwise.
    private static func numbers(_ step: Int, _ loss: Double) -> [Float] {
        let high = Float(loss)
        return [Float(step / 4096), Float(step % 4096), high, Float(loss - Double(high))]
    }

    private static func stepAndLoss(_ numbers: [Float]) -> (step: Int, loss: Double) {
        let parts = numbers.map { $0.isFinite ? Double($0) : 0 }
        let step = max(0, min(1e9, parts[0])) * 4096 + max(0, min(4096, parts[1]))
        return (Int(step), parts[2] + parts[3])
    }

    func remove() { try? FileManager.default.removeItem(atPath: path) }
}
