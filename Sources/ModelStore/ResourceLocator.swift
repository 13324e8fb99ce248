package import Foundation

/// Finds the folders that Laban comes with, `Models/` and `Gestures/`: in `LABAN_HOME`, else in the current folder or
/// one above it, else above the running program.
package struct ResourceLocator: Sendable {
    /// Every place that is looked at, in order, without repeats.
    package let places: [URL]
    private let home: URL?
    private let currentFolder: URL

    package init(
        environment: [String: String] = ProcessInfo.processInfo.environment,
        currentFolder: URL = URL(filePath: FileManager.default.currentDirectoryPath, directoryHint: .isDirectory),
        executable: URL? = ResourceLocator.runningProgram
    ) {
        let home = environment["LABAN_HOME"].flatMap { $0.isEmpty ? nil : $0 }
            .map { URL(filePath: $0, directoryHint: .isDirectory, relativeTo: currentFolder).absoluteURL }
        var places: [URL] = []
        let programFolder = executable?.resolvingSymlinksInPath().deletingLastPathComponent()
        let folders =
            (home.map { [$0] } ?? []) + Self.upwards(from: currentFolder)
            + (programFolder.map(Self.upwards) ?? [])
        for folder in folders where !places.contains(where: { Self.path($0) == Self.path(folder) }) {
            places.append(folder)
        }
        self.places = places
        self.home = home
        self.currentFolder = currentFolder
    }

    /// The program that is running, with links followed.
    package static var runningProgram: URL? {
        URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
    }

    /// The folder called `name` in the first place that has one.
    package func folder(_ name: String) throws(ModelStoreError) -> URL {
        guard let found = existing(name) else {
            let looked = places.map { "  " + Self.path($0) }.joined(separator: "\n")
            throw ModelStoreError(
                .missing,
                """
                no folder '\(name)' found. Looked in LABAN_HOME, the current folder and above, and above the program:
                \(looked)
                Run laban from its own checkout, or set LABAN_HOME to it.
                """)
        }
        return found
    }

    /// Where `name` is, or where it should be made: in `LABAN_HOME`, else beside `Gestures/`, else right here.
    package func folderToMake(_ name: String) -> URL {
        if let home { return home.appending(path: name, directoryHint: .isDirectory) }
        let beside = existing("Gestures")?.deletingLastPathComponent() ?? currentFolder
        return existing(name) ?? beside.appending(path: name, directoryHint: .isDirectory)
    }

    private func existing(_ name: String) -> URL? {
        places.map { $0.appending(path: name, directoryHint: .isDirectory) }.first { place in
            var isFolder: ObjCBool = false
            return FileManager.default.fileExists(atPath: Self.path(place), isDirectory: &isFolder)
                && isFolder.boolValue
        }
    }

    private static func upwards(from folder: URL) -> [URL] {
        var folder = folder.standardizedFileURL
        var folders = [folder]
        while path(folder) != "/", folders.count < 64 {
            folder = folder.deletingLastPathComponent().standardizedFileURL
            folders.append(folder)
        }
        return folders
    }

    private static func path(_ url: URL) -> String {
        let path = url.path(percentEncoded: false)
        return path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
    }
}
