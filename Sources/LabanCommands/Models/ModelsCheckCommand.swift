import ArgumentParser
import Foundation
import Inference
import LabanServer
import Recognition

/// `laban models check NAME`: an imported network against outputs of the program it comes from.
struct ModelsCheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Compare an imported network with outputs of the program that trained it.",
        discussion: """
            Inputs and outputs are NumPy files of float32, as PySKL's layers have them: input (N, M, T, V, C), features \
            after the last block (N, M, C, T, V), logits (N, classes), which are those of the mean over the M people. \
            The step form is compared with the clip form: the clips of each person one after the other as one \
            recording of up to 2000 frames or so, frame by frame. Exits 1 when anything differs by more than the tolerance.

            Examples:
              laban models check hands --input input.npy --logits logits.npy
              laban models check Models/hands --input input.npy --features features.npy --logits logits.npy --json
            """)

    @Argument(help: "Model folder, or a name in Models/.")
    var model: String

    @Option(help: ArgumentHelp("What the network is given.", valueName: "file"))
    var input: String

    @Option(help: ArgumentHelp("What it should say.", valueName: "file"))
    var logits: String?

    @Option(help: ArgumentHelp("What should come out of its last block.", valueName: "file"))
    var features: String?

    @Option(help: "The largest difference allowed.")
    var tolerance: Float = 1e-3

    @Flag(help: "Print one JSON object a comparison.")
    var json = false

    func run() throws {
        let folder = try ModelName.folder(model)
        guard try ActionModel.isImported(folder) else {
            throw RecognitionError(
                file: folder + "/model.json", place: "kind",
                expected: "network, since only imported networks can be checked against references",
                found: "none: 'laban evaluate' measures models that were trained here")
        }
        let network = try ImportedNetwork(folder: URL(filePath: folder)).network
        let check = try NetworkCheck(network: network, input: input)
        let results = try check.clips(logits: logits, features: features) + [check.steps()]
        for result in results {
            if json {
                struct Row: Encodable {
                    let what: String
                    let numbers: Int
                    let largest_difference: Float
                    let within: Bool
                }
                try StandardOutput.print(
                    JSONLine.text(
                        Row(
                            what: result.what, numbers: result.count, largest_difference: result.difference,
                            within: result.difference <= tolerance)))
            } else {
                let word = result.difference <= tolerance ? "within" : "NOT within"
                try StandardOutput.print(
                    "\(result.what): \(result.count) numbers, largest difference "
                        + String(format: "%.2g", result.difference) + ", \(word) \(tolerance)")
            }
        }
        guard results.allSatisfy({ $0.difference <= tolerance }) else { throw ExitCode(1) }
    }
}
