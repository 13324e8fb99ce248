import ArgumentParser
import ModelStore

/// `laban models verify`: compares every model file with its recorded digest.
struct ModelsVerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Compare every model file with its recorded digest.",
        discussion: """
            Exits 1 when a file is missing, altered or unreadable, and says expected and found digest.

            Examples:
              laban models verify
              laban models verify --json
            """)

    @Flag(help: "Print one JSON object a model, and nothing else.")
    var json = false

    func run() throws {
        let models = ModelFolder().models()
        for model in models {
            if json {
                try StandardOutput.print(JSONLine.text(model))
            } else {
                try StandardOutput.print(
                    "\(model.name): \(model.state == .present ? "present, no digest recorded" : model.state.rawValue)")
                for problem in model.problems { try StandardOutput.print("  " + problem.replacing("\n", with: "\n  ")) }
            }
        }
        guard models.allSatisfy(\.isUsable) else {
            if !json, !models[0].isUsable {
                try StandardOutput.print("Mend the pose weights with: \(ModelFolder.installCommand)")
            }
            throw ExitCode(1)
        }
    }
}
