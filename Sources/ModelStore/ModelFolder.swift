package import Foundation

/// The folder `Models/`: fetched pose weights in `pose/`, action models in folders of their own.
package struct ModelFolder: Sendable {
    package let url: URL
    /// The pose weights that belong here.
    package let release: WeightsRelease

    package init(_ url: URL, release: WeightsRelease = .mediapipe) {
        self.url = url
        self.release = release
    }

    /// The folder as `locator` finds it, or where it should be made.
    package init(locator: ResourceLocator = ResourceLocator()) {
        self.init((try? locator.folder("Models")) ?? locator.folderToMake("Models"))
    }

    /// Where the pose weights lie.
    package var poseFolder: URL { url.appending(path: "pose", directoryHint: .isDirectory) }

    /// The command that fetches the pose weights, spelled the way this program was called.
    package static var installCommand: String {
        let program = CommandLine.arguments.first ?? ""
        return (program.split(separator: "/").last == "laban" ? program : "laban") + " models install"
    }

    /// Path of the folder with verified pose weights, for whoever is about to load them.
    ///
    /// - Throws: `ModelStoreError.missing` with the command to run when a file is absent or not the published one.
    package static func requirePoseWeights(locator: ResourceLocator = ResourceLocator()) throws(ModelStoreError)
        -> String
    {
        try ModelFolder(locator: locator).requirePoseWeights()
    }

    /// Path of `poseFolder`, once every file in it has been compared with its digest.
    package func requirePoseWeights() throws(ModelStoreError) -> String {
        let place = poseFolder.path(percentEncoded: false)
        let wrong = checkPoseWeights().filter { $0.state != .verified }
        if wrong.isEmpty { return place }
        guard wrong.contains(where: { $0.state != .missing }) else {
            throw ModelStoreError(
                .missing, "the pose weights are not in \(place)\nFetch them with: \(Self.installCommand)")
        }
        throw ModelStoreError(
            .missing,
            """
            the pose weights in \(place) are not the published ones:
            \(wrong.map { "  " + $0.message }.joined(separator: "\n"))
            Fetch them again with: \(Self.installCommand)
            """)
    }

    /// Compares each pose weight file with its digest, in the release's order.
    package func checkPoseWeights() -> [FileCheck] {
        release.files.map { Self.check(poseFolder, name: $0.name, expected: $0.sha256) }
    }

    /// Compares the file `name` below `folder` with a digest.
    static func check(_ folder: URL, name: String, expected: String) -> FileCheck {
        let url = folder.appending(path: name)
        guard FileManager.default.fileExists(atPath: url.path(percentEncoded: false)) else {
            return FileCheck(name: name, expected: expected, state: .missing)
        }
        do throws(ModelStoreError) {
            let found = SHA256.hex(of: try DurableFile.read(url, limit: 1 << 30))
            return FileCheck(
                name: name, expected: expected, state: found == expected ? .verified : .altered(found: found))
        } catch {
            return FileCheck(name: name, expected: expected, state: .unreadable(error.message))
        }
    }
}
