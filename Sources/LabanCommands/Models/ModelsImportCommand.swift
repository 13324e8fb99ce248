import ArgumentParser
import Files
import Foundation
import Inference
import LabanServer
import ModelStore
import Recognition
import Skeleton

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

            A network over COCO's 17 joints, OpenPose's 18 or the 21 of a hand, of x, y and perhaps confidence (PySKL's \
            joint stream), can then watch people as any model does: 'laban run --model'. It goes frame \
            by frame, --frames of them in --seconds, with a memory for each person; what it says is over the last --frames. Classes of one name are one class, and one named \
            'nothing' is never reported. Other networks, such as those over NTU's 25 joints in space, can be checked but \
            not run: from pictures those joints are not to be had as the network learned them.

            Examples:
              laban models import-pyskl network.safetensors --output Models/hands --frames 10 --seconds 1
              laban run talk.mp4 --hands --model Models/hands
              laban models import-pyskl network.safetensors --output Models/ntu --classes names.txt --people 2
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

    @Option(
        help: ArgumentHelp(
            "The joints it sees: \(ActionModel.importedTopologies.map(\.name).joined(separator: ", ")); by their number "
                + "when left out.", valueName: "name"))
    var topology: String?

    @Option(
        help: ArgumentHelp(
            "What x and y are: -1 to 1 across the picture, 0 to 1 across it, or -1 to 1 across the joints of the clip.",
            discussion: "When left out, what the mean of its training clips tells: picture or fraction.",
            valueName: "picture|fraction|extent"))
    var normalisation: ImportedNetwork.Description.Input.Normalisation?

    @Option(help: "What the frames of a clip span; as long as they take at 30 a second when left out.")
    var seconds: Double?

    @Option(help: "People in a clip it was trained on, 1 or 2; 1 when left out.")
    var people: Int?

    func run() throws {
        if let topology, !ActionModel.importedTopologies.contains(where: { $0.name == topology }) {
            let names = ActionModel.importedTopologies.map(\.name).joined(separator: ", ")
            throw ValidationError("--topology: expected one of \(names), found '\(topology)'")
        }
        let imported = try ImportedNetwork(
            importing: file, to: URL(filePath: output), frames: frames, strides: try numbers(), adjacency: adjacency,
            classes: try names(), licence: licence
        ) { network, mean in
            ActionModel.importedInput(
                for: network, mean: mean, topology: topology, normalisation: normalisation, seconds: seconds,
                people: people)
        }
        let network = imported.network
        try StandardOutput.print(
            """
            \(output): \(network.joints) joints, \(network.inputChannels) channels, \(network.classes) classes, \
            \(network.parameterCount) parameters
            \(NetworkFacts(network).words)
            \(use(imported.description.input))
            """)
    }

    private func use(_ input: ImportedNetwork.Description.Input?) -> String {
        guard let input else { return "to check only: people cannot be turned into what it sees" }
        let clip =
            "sees \(input.topology) (\(input.normalisation.rawValue)), \(frames) frames over \(String(format: "%.2f", input.seconds)) s"
        return "\(clip): laban run INPUT\(input.topology == "hand21" ? " --hands" : "") --model \(output)"
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
        let bytes = try RegularFile.read(classes, limit: 1 << 20)
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw OutputError(file: classes, message: "expected text in UTF-8, found other bytes", isUsage: true)
        }
        return text.split(whereSeparator: \.isNewline).map { $0.trimmingCharacters(in: .whitespaces) }
            .filter { !$0.isEmpty }
    }
}

extension PySKLAdjacency: ExpressibleByArgument {}
extension ImportedNetwork.Description.Input.Normalisation: ExpressibleByArgument {}
