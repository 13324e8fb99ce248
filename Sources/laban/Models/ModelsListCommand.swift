import ArgumentParser
import Foundation
import ModelStore

/// `laban models list`: what is in `Models/`.
struct ModelsListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Show each model with its size, licence, state and measured accuracy.",
        discussion: """
            The state is 'verified' when every file matches its recorded SHA-256 digest, 'present' when no digest is \
            recorded, else 'missing', 'altered' or 'unreadable'. The accuracy is the share of right first guesses that \
            the model's own model.json records.

            Examples:
              laban models list
              laban models list --json | jq -r 'select(.kind == "action").name'
            """)

    @Flag(help: "Print one JSON object a model, and nothing else.")
    var json = false

    func run() throws {
        let folder = ModelFolder()
        let models = folder.models()
        if json {
            for model in models { try StandardOutput.print(JSONLine.text(model)) }
            return
        }
        var table = TextTable([
            ("NAME", .left), ("KIND", .left), ("SIZE", .right), ("LICENCE", .left), ("STATE", .left),
            ("CLASSES", .right), ("ACCURACY", .right),
        ])
        for model in models {
            table.append([
                model.name, model.kind, Self.megabytes(model.bytes), model.licence ?? "not stated",
                model.state.rawValue, model.classes.map { "\($0)" } ?? "", model.accuracy.map(Self.percent) ?? "",
            ])
        }
        try StandardOutput.print(table.text, terminator: "")
        try StandardOutput.print("in \(folder.url.path(percentEncoded: false))")
        if !models[0].isUsable {
            try StandardOutput.print("Fetch the pose weights with: \(ModelFolder.installCommand)")
        }
    }

    private static func megabytes(_ bytes: Int) -> String {
        "\((Double(bytes) / 1e5).rounded() / 10) MB"
    }

    private static func percent(_ fraction: Double) -> String {
        "\((fraction * 1_000).rounded() / 10) %"
    }
}
