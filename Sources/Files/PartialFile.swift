import Glibc

/// A file that takes its name only once it is whole: until then it grows under a hidden name beside it, so that a reader finds
/// the old file or the new one, never half of one.
package struct PartialFile: Sendable {
    /// What it will be called.
    package let path: String
    /// Where it grows.
    package let growingPath: String

    /// - Parameter path: what it will be called.
    package init(for path: String) {
        self.path = path
        let name = path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex
        growingPath = "\(path[..<name]).\(path[name...]).\(getpid()).part"
    }

    /// Gives the file its name, in the place of the one that had it: whoever could read that one can read this one.
    ///
    /// - Throws: when something lies there that is no file, or the system refuses; nothing is left of the new file then.
    package func finish() throws(FileError) {
        do throws(FileError) {
            try RegularFile.require(path)
            var existing = stat()
            if stat(path, &existing) == 0 { chmod(growingPath, existing.st_mode & 0o777) }
            guard rename(growingPath, path) == 0 else {
                let reason = String(cString: strerror(errno))
                throw FileError(.unwritable, file: path, "cannot be put in place: \(reason)")
            }
        } catch {
            remove()
            throw error
        }
    }

    /// Gives the file its name if nothing has it, however many try at the same time.
    ///
    /// - Throws: when something has the name, or the system refuses; nothing is left of the new file then.
    package func finishAsNew() throws(FileError) {
        defer { remove() }
        guard link(growingPath, path) == 0 else {
            let error = errno
            throw FileError(
                error == EEXIST ? .taken : .unwritable, file: path,
                "cannot be put in place: \(String(cString: strerror(error)))")
        }
    }

    /// Removes what has grown so far; a file that has its name stays.
    package func remove() { unlink(growingPath) }
}
