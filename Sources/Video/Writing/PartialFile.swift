import Foundation

/// Files that take their name only once they are whole.
enum PartialFile {
    /// The hidden name beside `path` under which it grows.
    static func path(for path: String) -> String {
        let place = URL(fileURLWithPath: path)
        let name = ".\(place.lastPathComponent).\(ProcessInfo.processInfo.processIdentifier).part"
        return place.deletingLastPathComponent().appending(path: name).path(percentEncoded: false)
    }

    /// Throws unless the folder that is to hold `path` is there and may be written to.
    static func checkFolder(of path: String) throws(VideoError) {
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path(percentEncoded: false)
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder), isFolder.boolValue else {
            throw VideoError(path, "expected an existing folder to write to, found none at \(folder)")
        }
        if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue {
            throw VideoError(path, "expected the name of a file to write, found a folder")
        }
        try checkKind(of: path)
    }

    static func rename(_ partialPath: String, to path: String) throws(VideoError) {
        do { try checkKind(of: path) } catch {
            unlink(partialPath)
            throw error
        }
        // Whoever could read the file that is replaced can read this one.
        var existing = stat()
        if stat(path, &existing) == 0 { chmod(partialPath, existing.st_mode & 0o777) }
        guard Foundation.rename(partialPath, path) == 0 else {
            let reason = String(cString: strerror(errno))
            remove(partialPath)
            throw VideoError(path, "cannot give the finished file its name: \(reason)")
        }
    }

    /// Throws where something lies that a file cannot take the place of.
    private static func checkKind(of path: String) throws(VideoError) {
        var existing = stat()
        guard stat(path, &existing) != 0 || existing.st_mode & S_IFMT == S_IFREG else {
            throw VideoError(path, "expected a place for a file, found a device, a pipe or a folder")
        }
    }

    static func remove(_ partialPath: String) { unlink(partialPath) }
}
