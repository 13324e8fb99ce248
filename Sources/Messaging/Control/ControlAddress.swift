import Foundation

/// Where a running Laban takes requests unless told otherwise: beside where it publishes.
package enum ControlAddress {
    /// `ipc:///run/laban.sock` has it at `ipc:///run/laban.sock.control`; `tcp://127.0.0.1:5570` has it at
    /// `laban-5570.control` in the user's folder for such files (`XDG_RUNTIME_DIR`, or the one for temporary files).
    package static func beside(
        _ publish: String, environment: [String: String] = ProcessInfo.processInfo.environment
    ) -> String {
        if publish.hasPrefix("ipc://") { return publish + ".control" }
        let port = publish.split(separator: ":").last ?? "5570"
        let folder =
            environment["XDG_RUNTIME_DIR"].flatMap { $0.isEmpty ? nil : $0 }
            ?? FileManager.default.temporaryDirectory.path
        return "ipc://" + URL(filePath: folder).appending(path: "laban-\(port).control").path
    }
}
