import Foundation
import Logging
import MarkedYAML
package import Pipeline
package import Recognition

/// The action models of a server, each read once however many cameras use it. A model whose files change on disk is
/// replaced by what they hold now, once they are whole; until then the one before stays.
package struct ModelRegistry {
    private struct Entry {
        let folder: String
        let shared: Shared<ActionModel>
        /// What was tried last, well or badly.
        var tried: FileSignature
        /// What was seen at the last look and may still be being written.
        var seen: FileSignature?
    }

    private var entries: [Entry] = []
    private let logger = Logger(label: "laban.models")

    package init() {}

    /// The model in a folder, for one more camera.
    package mutating func model(in folder: String) throws -> Shared<ActionModel> {
        if let entry = entries.first(where: { $0.folder == folder }) { return entry.shared }
        // Taken first: what changes while the model is read is read again.
        let signature = Self.signature(of: folder)
        let shared = Shared(try ActionModel(folder: folder))
        entries.append(Entry(folder: folder, shared: shared, tried: signature))
        return shared
    }

    /// Looks whether files have changed, and reads those that have and stood still since the last look. What cannot be
    /// read is said once for each state of the files.
    package mutating func look() {
        for index in entries.indices {
            let now = Self.signature(of: entries[index].folder)
            defer { entries[index].seen = now }
            guard now != entries[index].tried, now == entries[index].seen else { continue }
            entries[index].tried = now
            takeOver(entries[index])
        }
    }

    private static func signature(of folder: String) -> FileSignature {
        FileSignature(["model.json", "weights.safetensors"].map { folder + "/" + $0 })
    }

    private func takeOver(_ entry: Entry) {
        let before = entry.shared.latest.content
        do {
            let model = try ActionModel(folder: entry.folder)
            if model.origin == before.origin { return }
            entry.shared.replace(with: model)
            logger.info(
                "model replaced", metadata: ["model": "\(model.identifier)", "before": "\(before.identifier)"])
        } catch {
            logger.error(
                "model not replaced", metadata: ["error": "\(error)", "model": "\(before.identifier)"])
        }
    }
}
