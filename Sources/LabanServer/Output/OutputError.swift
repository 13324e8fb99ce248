import Glibc

/// A place Laban was told to write to and cannot.
package struct OutputError: Error, CustomStringConvertible {
    package let path: String
    package let message: String
    /// Whether the user named a place that could never do, rather than that a good one failed.
    package var isUsage: Bool
    /// Whether whoever read the results has gone, which ends a command quietly.
    package var isReaderGone: Bool

    package init(path: String, message: String, isUsage: Bool = false, isReaderGone: Bool = false) {
        self.path = path
        self.message = message
        self.isUsage = isUsage
        self.isReaderGone = isReaderGone
    }

    package var description: String { "\(path): \(message)" }
}

extension OutputError {
    /// What the system says by number.
    package init(path: String, errno: Int32, isUsage: Bool = false) {
        let reason = errno == ETIMEDOUT ? "its reader does not read" : String(cString: strerror(errno))
        self.init(
            path: path, message: "cannot be written: \(reason)", isUsage: isUsage, isReaderGone: errno == EPIPE)
    }
}
