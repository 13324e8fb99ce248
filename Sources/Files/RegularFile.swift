import Glibc

/// Tells files from what must not be opened as one, since pipes and devices would be waited for, and reads whole files that
/// may come from strangers.
package enum RegularFile {
    /// Whether there is a file, links followed.
    package static func isAt(_ path: String) -> Bool { kind(of: path) == S_IFREG }

    /// Refuses what is there and is no file; what is not there is left to whoever opens it.
    package static func require(_ path: String) throws(FileError) {
        if let kind = kind(of: path), kind != S_IFREG { throw noFile(path, kind) }
    }

    /// Refuses devices and pipes.
    package static func requireFileOrFolder(_ path: String) throws(FileError) {
        if kind(of: path) != S_IFDIR { try require(path) }
    }

    /// The bytes of a file, links followed.
    ///
    /// - Throws: when there is none, when it is a folder, a device or a pipe, or larger than `limit` bytes.
    package static func read(_ path: String, limit: Int) throws(FileError) -> [UInt8] {
        // A pipe without a writer must not be waited for.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw unreadable(path) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw unreadable(path) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw noFile(path, status.st_mode & S_IFMT) }
        let size = Int(status.st_size)
        guard size <= limit else {
            throw FileError(.tooLarge, file: path, "expected at most \(limit) bytes, found \(size)")
        }
        var isFaulty = false
        let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            while count < size {
                let got = Glibc.read(descriptor, buffer.baseAddress! + count, size - count)
                if got < 0, errno == EINTR { continue }
                isFaulty = got < 0
                if got <= 0 { break }
                count += got
            }
        }
        guard !isFaulty else { throw unreadable(path) }
        return bytes
    }

    private static func kind(of path: String) -> mode_t? {
        var status = stat()
        return stat(path, &status) == 0 ? status.st_mode & S_IFMT : nil
    }

    private static func noFile(_ path: String, _ kind: mode_t) -> FileError {
        FileError(
            .unreadable, file: path, "expected a file, found a \(kind == S_IFDIR ? "folder" : "device or pipe")")
    }

    private static func unreadable(_ path: String) -> FileError {
        FileError(.unreadable, file: path, "cannot be read: \(String(cString: strerror(errno)))")
    }
}
