import Foundation
package import ModelStore

/// The names by which commands and settings ask for action models.
package enum ModelName {
    /// What stands for no model at all.
    package static let none = "none"
    /// The models where nobody says which.
    package static let usual = ["everyday"]

    /// Where a model lies: a folder of that name with a model in it comes before a name in `Models/`.
    package static func folder(_ name: String) throws(ModelStoreError) -> String {
        guard !name.isEmpty else {
            throw ModelStoreError(.badInput, "expected a model: a folder or a name in Models/, found an empty name")
        }
        if name.contains("/") || FileManager.default.fileExists(atPath: name + "/model.json") { return name }
        return try ResourceLocator().folder("Models").appending(path: name).path
    }
}
