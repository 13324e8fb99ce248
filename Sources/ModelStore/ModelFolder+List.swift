import Foundation

extension ModelFolder {
    /// The pose weights, installed or not, and then every folder with a `model.json`, by name.
    package func models() -> [ModelSummary] {
        let place = url.resolvingSymlinksInPath()
        let folders = (try? FileManager.default.contentsOfDirectory(at: place, includingPropertiesForKeys: nil)) ?? []
        let actions = folders.filter { folder in
            let manifest = folder.appending(path: "model.json").path(percentEncoded: false)
            return folder.lastPathComponent != "pose" && FileManager.default.fileExists(atPath: manifest)
        }
        let sorted = actions.sorted { $0.lastPathComponent < $1.lastPathComponent }
        return [poseSummary()] + sorted.map(Self.actionSummary)
    }

    private func poseSummary() -> ModelSummary {
        let checks = checkPoseWeights()
        return ModelSummary(
            name: "pose", kind: "pose", bytes: release.size, licence: release.licence, state: Self.state(of: checks),
            problems: checks.filter { $0.state != .verified }.map { "pose/" + $0.message })
    }

    /// Reads `model.json` leniently: only what is there and has the right shape is shown.
    private static func actionSummary(_ folder: URL) -> ModelSummary {
        let name = folder.lastPathComponent
        let manifest: [String: Any]
        do throws(ModelStoreError) {
            let json = Data(try DurableFile.read(folder.appending(path: "model.json"), limit: 16 << 20))
            guard let object = try? JSONSerialization.jsonObject(with: json) as? [String: Any] else {
                throw ModelStoreError(.missing, "model.json: is not a JSON object")
            }
            manifest = object
        } catch {
            return ModelSummary(
                name: name, kind: "action", bytes: 0, licence: nil, state: .unreadable,
                problems: ["\(name)/\(error.message)"])
        }
        let recorded = (manifest["files"] as? [[String: Any]] ?? []).compactMap { file -> FileCheck? in
            guard let path = file["name"] as? String, isPlain(path) else { return nil }
            guard let digest = file["sha256"] as? String else { return nil }
            return check(folder, name: path, expected: digest)
        }
        let identifier = (manifest["name"] as? String).map {
            plain("\($0)@\((manifest["version"] as? String ?? "").prefix(8))")
        }
        let crossDataset = (manifest["cross_dataset"] as? [[String: Any]] ?? []).filter { $0["clips"] as? Double != 0 }
        return ModelSummary(
            name: name, identifier: identifier, kind: (manifest["kind"] as? String).map(plain) ?? "action",
            bytes: size(of: folder),
            licence: (manifest["licence"] as? String).map(plain),
            state: recorded.isEmpty ? .present : state(of: recorded),
            accuracy: figure(of: manifest["measured"] as? [[String: Any]] ?? [])?.top1,
            elsewhere: figure(of: crossDataset.filter { $0["apart"] as? Bool != true }),
            apart: figure(of: crossDataset.filter { $0["apart"] as? Bool == true }),
            classes: (manifest["classes"] as? [Any])?.count,
            problems: recorded.filter { $0.state != .verified }.map { "\(name)/\($0.message)" })
    }

    /// The share of first guesses that were right over the clips of all measurements; nil when there are none, or one is not
    /// to be believed.
    private static func figure(of measured: [[String: Any]]) -> ModelSummary.Figure? {
        var (right, clips) = (0.0, 0.0)
        for entry in measured {
            guard let top1 = entry["top1"] as? Double, (0...1).contains(top1), let count = entry["clips"] as? Double,
                (1...1e9).contains(count)
            else { return nil }
            right += top1 * count
            clips += count
        }
        return clips > 0 ? .init(top1: right / clips, clips: Int(clips)) : nil
    }

    /// A word of a manifest as a list can show it: one line, not too long, nothing that steers a screen.
    private static func plain(_ text: String) -> String {
        String(text.prefix(80).map { $0.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F } ? $0 : "?" })
    }

    /// Whether a name in a manifest stays in the model's own folder.
    private static func isPlain(_ name: String) -> Bool {
        (1...255).contains(name.utf8.count) && !name.contains("/") && !name.contains("\0") && name != "."
            && name != ".."
    }

    private static func state(of checks: [FileCheck]) -> ModelSummary.State {
        if checks.allSatisfy({ $0.state == .verified }) { return .verified }
        return checks.contains { $0.state == .missing } ? .missing : .altered
    }

    private static func size(of folder: URL) -> Int {
        let files = try? FileManager.default.contentsOfDirectory(
            at: folder.resolvingSymlinksInPath(), includingPropertiesForKeys: [.fileSizeKey])
        return (files ?? []).reduce(0) { $0 + ((try? $1.resourceValues(forKeys: [.fileSizeKey]).fileSize) ?? 0) }
    }
}
