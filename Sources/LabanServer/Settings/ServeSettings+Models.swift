import Foundation
import MarkedYAML

extension ServeSettings {
    /// A model that the settings name, and where they do.
    package struct ModelChoice: Sendable, Hashable {
        /// A name in `Models/`, or a folder.
        package let name: String
        /// Counts from 1; nil where the settings do not say it.
        package var line: Int?
        package var column: Int?
    }

    /// The models that `model` or `models` names; nil when there is neither key.
    static func models(_ node: YAMLNode, folder: URL) throws(YAMLFileError) -> [ModelChoice]? {
        let one = try node.value("model")
        guard let several = try node.value("models") else {
            guard let one else { return nil }
            return try one.filled() == ModelName.none ? [] : [choice(one, folder: folder)]
        }
        if one != nil { throw several.error("expected 'model' or 'models', found both") }
        var choices: [ModelChoice] = []
        for entry in try several.list() {
            let choice = try choice(entry, folder: folder)
            if choice.name == ModelName.none {
                throw entry.error("expected a model; for none write 'model: none'")
            }
            if choices.contains(where: { $0.name == choice.name }) {
                throw entry.error("expected each model once, found \(entry.found) again")
            }
            choices.append(choice)
        }
        return choices
    }

    private static func choice(_ node: YAMLNode, folder: URL) throws(YAMLFileError) -> ModelChoice {
        let name = try node.filled()
        let place = node.error("")
        return ModelChoice(
            name: name.contains("/") ? path(name, in: folder) : name, line: place.line, column: place.column)
    }
}
