package import Foundation
package import History
package import MarkedYAML
import Pipeline

/// What `laban serve` does: the settings file, checked.
package struct ServeSettings: Sendable, Equatable {
    /// Where events are published unless the settings say otherwise.
    package static let defaultAddress = "tcp://127.0.0.1:5570"

    /// The third part of every topic.
    package var site = "local"
    /// Where events are published.
    package var publish = ServeSettings.defaultAddress
    /// The history's file; nil keeps none.
    package var history: String?
    /// How long the history keeps skeletons, and how many.
    package var clips = ClipKeeping.usual
    /// Who may read what is written; nil for the owner alone.
    package var fileMode: FileMode?
    /// Action models of the cameras that name none of their own.
    package var models = ModelName.usual.map { ModelChoice(name: $0) }
    /// How many false alarms an hour are put up with, for models that were calibrated.
    package var falseAlarmsPerHour: Double?
    /// Folder of gesture and exercise files; nil takes Laban's own.
    package var gestures: String?
    /// At least one, each with a name of its own.
    package var cameras: [CameraSettings] = []

    /// Reads a settings file. Relative paths in it start from the file's own folder.
    ///
    /// - Throws: `YAMLFileError` that names file, line, what was expected and what was found.
    package init(path: String) throws(YAMLFileError) {
        try self.init(YAMLNode(contentsOf: path), folder: URL(filePath: path).deletingLastPathComponent())
    }

    /// Reads settings from text; `file` is what errors call it.
    package init(
        yaml: String, file: String, folder: URL, environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws(YAMLFileError) {
        try self.init(YAMLNode(yaml: yaml, file: file), folder: folder, environment: environment)
    }

    private init(
        _ node: YAMLNode, folder: URL, environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws(YAMLFileError) {
        try node.expectKeys([
            "site", "publish", "history", "file_mode", "model", "models", "false_alarms_per_hour", "gestures",
            "cameras",
        ])
        if let value = try node.value("site") { site = try value.filled() }
        if let value = try node.value("publish") {
            publish = try value.filled()
            guard publish.hasPrefix("tcp://") || publish.hasPrefix("ipc://") else {
                throw value.error("expected an address such as \(Self.defaultAddress), found \(value.found)")
            }
        }
        if let value = try node.value("history") { try readHistory(value, in: folder) }
        if let value = try node.value("file_mode") {
            guard let mode = FileMode(argument: try value.string()) else {
                throw value.error(
                    "expected an octal mode that its owner can read and write, such as 0640, found \(value.found)")
            }
            fileMode = mode
        }
        if let found = try Self.models(node, folder: folder) { models = found }
        if let value = try node.value("false_alarms_per_hour") {
            falseAlarmsPerHour = try Self.number(value, in: 0...100_000, "0 to 100000 false alarms an hour")
        }
        if let value = try node.value("gestures") { gestures = Self.path(try value.filled(), in: folder) }
        let list = try node.required("cameras")
        for (name, camera) in try list.pairs() {
            guard !cameras.contains(where: { $0.name == name }) else {
                throw camera.error("expected a camera name of its own, found '\(name)' again")
            }
            cameras.append(try Self.camera(name, camera, folder: folder, environment: environment))
        }
        guard !cameras.isEmpty else { throw list.error("expected at least one camera, found none") }
    }

    /// A file, or a mapping with more to say.
    private mutating func readHistory(_ node: YAMLNode, in folder: URL) throws(YAMLFileError) {
        guard node.isMapping else {
            history = Self.path(try node.filled(), in: folder)
            return
        }
        try node.expectKeys(["file", "clip_days", "clip_megabytes"])
        history = Self.path(try node.required("file").filled(), in: folder)
        let allowed = ClipKeeping.allowed
        if let value = try node.value("clip_days") {
            clips.days = try Self.number(value, in: allowed, "0 (for no clips) to 1000000 days")
        }
        if let value = try node.value("clip_megabytes") {
            clips.megabytes = try Self.number(value, in: allowed, "0 (for no clips) to 1000000 megabytes")
        }
    }

    static func path(_ text: String, in folder: URL) -> String {
        URL(filePath: text, relativeTo: folder).path
    }
}
