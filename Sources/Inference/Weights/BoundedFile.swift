import Glibc

/// Reads whole files that may come from strangers: regular files only, and none larger than told.
package enum BoundedFile {
    /// The largest weight file: 16 million numbers in single precision, several times what networks here have.
    package static let largestWeights = 64 << 20
    /// The largest `model.json`.
    package static let largestManifest = 4 << 20

    /// The bytes of a file, links followed.
    ///
    /// - Throws: when there is none, when it is a folder, a device or a pipe, or larger than `limit` bytes.
    package static func read(_ path: String, limit: Int) throws(InferenceError) -> [UInt8] {
        // A pipe without a writer must not be waited for.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw unreadable(path) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw unreadable(path) }
        guard status.st_mode & S_IFMT == S_IFREG else {
            let isFolder = status.st_mode & S_IFMT == S_IFDIR
            throw InferenceError(
                .unreadable, file: path, expected: "a file",
                found: isFolder ? "a folder" : "a device or pipe")
        }
        let size = Int(status.st_size)
        guard size <= limit else {
            throw InferenceError(.tooLarge, file: path, expected: "at most \(limit) bytes", found: "\(size)")
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

    private static func unreadable(_ path: String) -> InferenceError {
        InferenceError(.unreadable, file: path, "cannot be read: \(String(cString: strerror(errno)))")
    }
}
