import Foundation

extension ModelFolder {
    /// `Models/pose/model.json`: origin, licence and digests of what was installed.
    private struct Manifest: Encodable {
        struct File: Encodable {
            let name: String
            let bytes: Int
            let sha256: String
        }

        let name = "pose"
        let kind = "pose"
        let source: String
        let wheelSHA256: String
        let licence: String
        let copyright: String
        let files: [File]

        enum CodingKeys: String, CodingKey {
            case name, kind, source, licence, copyright, files
            case wheelSHA256 = "wheel_sha256"
        }
    }

    /// Records licence and digests, unless they are recorded already.
    func writeManifest() throws(ModelStoreError) {
        let manifest = Manifest(
            source: "Python wheel \(release.requirement)", wheelSHA256: release.wheel.sha256, licence: release.licence,
            copyright: release.copyright,
            files: release.files.map { Manifest.File(name: $0.name, bytes: $0.size, sha256: $0.sha256) })
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        guard let json = try? encoder.encode(manifest) else { preconditionFailure("a manifest is plain JSON") }
        let bytes = Array(json) + [0x0a]
        let url = poseFolder.appending(path: "model.json")
        if let present = try? DurableFile.read(url, limit: 1 << 20), present == bytes { return }
        try DurableFile.write(bytes, to: url)
    }
}
