import Foundation

/// Tells files from what must not be opened as one: pipes and devices would be waited for.
enum RegularFile {
    /// Whether there is a file, links followed.
    static func isAt(_ path: String) -> Bool { kind(of: path) == S_IFREG }

    /// Refuses what is there and is no file; what is not there is left to whoever opens it.
    static func require(_ path: String) throws(RecordingsError) {
        guard let kind = kind(of: path), kind != S_IFREG else { return }
        throw RecordingsError(
            file: path, message: "expected a file, found a \(kind == S_IFDIR ? "folder" : "device or pipe")")
    }

    /// Refuses devices and pipes.
    static func requireFileOrFolder(_ path: String) throws(RecordingsError) {
        guard kind(of: path) != S_IFDIR else { return }
        try require(path)
    }

    private static func kind(of path: String) -> mode_t? {
        var status = stat()
        return stat(path, &status) == 0 ? status.st_mode & S_IFMT : nil
    }
}
