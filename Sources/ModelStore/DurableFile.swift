import Files
package import Foundation
import Glibc

/// Reads whole files, and writes them so that a reader finds either the old file or the new one, never half of one.
package enum DurableFile {
    /// The contents of the regular file at `url`, of at most `limit` bytes.
    package static func read(_ url: URL, limit: Int) throws(ModelStoreError) -> [UInt8] {
        do {
            return try RegularFile.read(url.path(percentEncoded: false), limit: limit)
        } catch {
            throw ModelStoreError(.badInput, error.description)
        }
    }

    /// Writes a file beside `url`, forces it to the disk and then puts it in the place of `url` in one step.
    package static func write(_ bytes: [UInt8], to url: URL) throws(ModelStoreError) {
        let path = url.path(percentEncoded: false)
        let folder = url.deletingLastPathComponent().path(percentEncoded: false)
        let partial = PartialFile(for: path)
        let descriptor = open(partial.growingPath, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw fileError(partial.growingPath, "cannot be created") }
        var written = 0
        bytes.withUnsafeBytes { buffer in
            while written < buffer.count {
                let got = Glibc.write(descriptor, buffer.baseAddress! + written, buffer.count - written)
                if got < 0, errno == EINTR { continue }
                if got <= 0 { return }
                written += got
            }
        }
        let complete = written == bytes.count && fsync(descriptor) == 0
        let error = complete ? nil : fileError(path, "cannot be written")
        close(descriptor)
        if let error {
            partial.remove()
            throw error
        }
        do { try partial.finish() } catch { throw ModelStoreError(.file, error.description) }
        syncFolder(folder)
    }

    private static func syncFolder(_ path: String) {
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        close(descriptor)
    }

    private static func fileError(_ path: String, _ what: String) -> ModelStoreError {
        ModelStoreError(.file, "\(path): \(what): \(String(cString: strerror(errno)))")
    }
}
