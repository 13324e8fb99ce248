import Foundation
import Logging
import MarkedYAML
package import Pipeline
import Recognition

/// The action models of a server, each read once however many cameras use it. A model whose files change on disk is
/// replaced by what they hold now, once they are whole; until then the one before stays.
package struct ModelRegistry {
    /// What tells one state of a model's files from another.
    private struct Signature: Equatable {
        let files: [FileState?]

        struct FileState: Equatable {
            let device: UInt
            let node: UInt
            let size: Int
            let seconds: Int
            let nanoseconds: Int
        }

        init(folder: String) {
            files = ["model.json", "weights.safetensors"].map { name in
                var status = stat()
                guard stat(folder + "/" + name, &status) == 0 else { return nil }
                return FileState(
                    device: UInt(status.st_dev), node: UInt(status.st_ino), size: Int(status.st_size),
                    seconds: status.st_mtim.tv_sec, nanoseconds: status.st_mtim.tv_nsec)
            }
        }
    }

    private struct Entry {
        let folder: String
        let shared: SharedModel
        /// What was tried last, well or badly.
        var tried: Signature
        /// What was seen at the last look and may still be being written.
        var seen: Signature?
    }

    private var entries: [Entry] = []
    private let logger = Logger(label: "laban.models")

    package init() {}

    /// The model in a folder, for one more camera.
    package mutating func model(in folder: String) throws -> SharedModel {
        if let entry = entries.first(where: { $0.folder == folder }) { return entry.shared }
        // Taken first: what changes while the model is read is read again.
        let signature = Signature(folder: folder)
        let shared = SharedModel(try ActionModel(folder: folder))
        entries.append(Entry(folder: folder, shared: shared, tried: signature))
        return shared
    }

    /// Looks whether files have changed, and reads those that have and stood still since the last look. What cannot be
    /// read is said once for each state of the files.
    package mutating func look() {
        for index in entries.indices {
            let now = Signature(folder: entries[index].folder)
            defer { entries[index].seen = now }
            guard now != entries[index].tried, now == entries[index].seen else { continue }
            entries[index].tried = now
            takeOver(entries[index])
        }
    }

    private func takeOver(_ entry: Entry) {
        let before = entry.shared.latest.model
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
