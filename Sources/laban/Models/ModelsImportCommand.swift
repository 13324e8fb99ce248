import ArgumentParser
import Foundation
import Inference
import ModelStore

/// `laban models import-pyskl FILE`: networks that PySKL trained.
struct ModelsImportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import-pyskl",
        abstract: "Bring over an ST-GCN or ST-GCN++ that PySKL trained.",
        discussion: """
            FILE is a safetensors file with names and shapes as PySKL writes them, which this makes of a checkpoint:

              import torch
              from safetensors.torch import save_file
              weights = torch.load("network.pth", map_location="cpu")
              weights = weights.get("state_dict", weights)
              save_file({name: value.float().contiguous() for name, value in weights.items()
                         if value.is_floating_point()}, "network.safetensors")

            Every tensor is checked; one that no layer of these networks has is refused. Weights do not say their \
            strides: without --strides they are 2 where the path around a block has weights, as PySKL's own \
            settings have it. Compare the result with outputs of PySKL by 'laban models check'.

            Examples:
              laban models import-pyskl network.safetensors --output Models/hands --frames 10
              laban models import-pyskl network.safetensors --output Models/ntu --classes names.txt
            """)

    @Argument(help: "A safetensors file.")
    var file: String

    @Option(help: ArgumentHelp("The model's folder.", valueName: "folder"))
    var output: String

    @Option(help: "Frames of the clips it was trained on.")
    var frames = 100

    @Option(help: ArgumentHelp("Strides of the blocks, separated by commas.", valueName: "numbers"))
    var strides: String?

    @Option(help: "What learned adjacency does to the skeleton's own: importance multiplies it, offset is added.")
    var adjacency = PySKLAdjacency.importance

    @Option(help: ArgumentHelp("Names of the classes, one a line.", valueName: "file"))
    var classes: String?

    @Option(help: "The licence of the weights.")
    var licence: String?

    func run() throws {
        let imported = try ImportedNetwork(
            importing: file, to: URL(filePath: output), frames: frames, strides: try numbers(), adjacency: adjacency,
            classes: try names(), licence: licence)
        let network = imported.network
        try StandardOutput.print(
            """
            \(output): \(network.joints) joints, \(network.inputChannels) channels, \(network.classes) classes, \
            \(network.parameterCount) parameters
            \(NetworkFacts(network).words)
            """)
    }

    private func numbers() throws -> [Int]? {
        try strides.map { text in
            try text.split(separator: ",", omittingEmptySubsequences: false).map { part in
                guard let number = Int(part), (1...8).contains(number) else {
                    throw ValidationError("--strides: expected numbers from 1 to 8, found '\(part)'")
                }
                return number
            }
        }
    }

    private func names() throws -> [String]? {
        guard let classes else { return nil }
        guard let text = try? String(contentsOf: URL(filePath: classes), encoding: .utf8) else {
            throw OutputError(path: classes, message: "cannot be read as text", isUsage: true)
        }
        return text.split(whereSeparator: \.isNewline).map { $0.trimmingCharacters(in: .whitespaces) }
            .filter { !$0.isEmpty }
    }
}

extension PySKLAdjacency: ExpressibleByArgument {}
