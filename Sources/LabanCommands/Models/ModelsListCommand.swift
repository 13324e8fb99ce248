import ArgumentParser
import Foundation
import Inference
import ModelStore
import Recognition

/// `laban models list`: what is in `Models/`.
struct ModelsListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Show each model with its size, licence, state and measured figures.",
        discussion: """
            The state is 'verified' when every file matches its recorded SHA-256 digest, 'present' when no digest is \
            recorded, else 'missing', 'altered' or 'unreadable'. Figures are shares of right first guesses, as the model's own \
            model.json has them. OWN SET: on clips of the sets it was trained on, of people it was not. OTHER SETS: on \
            recordings of others, by which it may have been chosen. SETS APART: on sets by which nothing was chosen, which \
            is what to expect elsewhere; 'laban evaluate --recipe --record' measures both. --verbose adds how a network runs frame by frame: how many frames \
            shape one frame of its features, how many must follow before it is there, how many from one prediction to \
            the next, from which frame on there are predictions, parameters, millions of floating-point operations a \
            frame, and what is remembered of one person.

            Examples:
              laban models list
              laban models list --verbose
              laban models list --json | jq -r 'select(.kind == "action").name'
            """)

    @Flag(help: "Print one JSON object a model, and nothing else.")
    var json = false

    @Flag(help: "Say also how each network runs frame by frame.")
    var verbose = false

    /// A model, and its network where it was asked for and there is one.
    private struct Row: Encodable {
        let model: ModelSummary
        let network: NetworkFacts?

        func encode(to encoder: any Encoder) throws {
            try model.encode(to: encoder)
            try network?.encode(to: encoder)
        }
    }

    func run() throws {
        let folder = ModelFolder()
        let models = folder.models()
        let rows = models.map { Row(model: $0, network: verbose ? Self.facts($0, in: folder) : nil) }
        if json {
            for row in rows { try StandardOutput.print(JSONLine.text(row)) }
            return
        }
        var table = TextTable([
            ("NAME", .left), ("KIND", .left), ("SIZE", .right), ("LICENCE", .left), ("STATE", .left),
            ("CLASSES", .right), ("OWN SET", .right), ("OTHER SETS", .right), ("SETS APART", .right),
        ])
        for model in models {
            table.append([
                model.name, model.kind, Self.megabytes(model.bytes), model.licence ?? "not stated",
                model.state.rawValue, model.classes.map { "\($0)" } ?? "", model.accuracy.map(Self.percent) ?? "",
                Self.words(model.elsewhere), Self.words(model.apart),
            ])
        }
        try StandardOutput.print(table.text, terminator: "")
        if verbose { try StandardOutput.print("\n" + Self.table(rows).text) }
        for (identifier, names) in Self.twins(models) {
            try StandardOutput.print("Events cannot tell \(names) apart: they are called \(identifier) alike")
        }
        try StandardOutput.print("in \(folder.url.path(percentEncoded: false))")
        if !models[0].isUsable {
            try StandardOutput.print("Fetch the pose weights with: \(ModelFolder.installCommand)")
        }
    }

    /// Models that events call the same, and their names.
    private static func twins(_ models: [ModelSummary]) -> [(identifier: String, names: String)] {
        Dictionary(grouping: models.filter { $0.identifier != nil }) { $0.identifier ?? "" }
            .filter { $0.value.count > 1 }.sorted { $0.key < $1.key }
            .map { ($0.key, $0.value.map(\.name).joined(separator: " and ")) }
    }

    /// How each network runs frame by frame.
    private static func table(_ rows: [Row]) -> TextTable {
        var table = TextTable([
            ("NETWORK", .left), ("RECEPTIVE FIELD", .right), ("DELAY", .right), ("STRIDE", .right),
            ("WARM-UP", .right), ("PARAMETERS", .right), ("MFLOP/FRAME", .right), ("KB/PERSON", .right),
        ])
        for row in rows {
            guard let network = row.network else { continue }
            table.append([
                row.model.name, "\(network.receptive_field)", "\(network.delay)", "\(network.stride)",
                "\(network.warm_up)", "\(network.parameters)", network.megaflops, network.kilobytes,
            ])
        }
        return table
    }

    /// Of a model that is a network over skeletons and can be read.
    private static func facts(_ model: ModelSummary, in folder: ModelFolder) -> NetworkFacts? {
        let place = folder.url.appending(path: model.name)
        if model.kind == "network" { return (try? ImportedNetwork(folder: place)).map { NetworkFacts($0.network) } }
        guard model.kind == "action" else { return nil }
        let action = try? ActionModel(folder: place.path(percentEncoded: false))
        return action.map { NetworkFacts($0.networks[0], count: $0.networks.count) }
    }

    private static func megabytes(_ bytes: Int) -> String {
        "\((Double(bytes) / 1e5).rounded() / 10) MB"
    }

    private static func words(_ figure: ModelSummary.Figure?) -> String {
        figure.map { "\(percent($0.top1)) of \($0.clips)" } ?? ""
    }

    private static func percent(_ fraction: Double) -> String {
        "\((fraction * 1_000).rounded() / 10) %"
    }
}
