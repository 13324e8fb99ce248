import Files
import Glibc

/// A place Laban was told to write to and cannot.
package struct OutputError: LocatedError {
    package let file: String
    package let message: String
    /// Whether the user named a place that could never do, rather than that a good one failed.
    package var isUsage: Bool
    /// Whether whoever read the results has gone, which ends a command quietly.
    package var isReaderGone: Bool

    package init(file: String, message: String, isUsage: Bool = false, isReaderGone: Bool = false) {
        self.file = file
        self.message = message
        self.isUsage = isUsage
        self.isReaderGone = isReaderGone
    }

    /// What the system says by number.
    package init(file: String, errno: Int32, isUsage: Bool = false) {
        let reason = errno == ETIMEDOUT ? "its reader does not read" : String(cString: strerror(errno))
        self.init(
            file: file, message: "cannot be written: \(reason)", isUsage: isUsage, isReaderGone: errno == EPIPE)
    }
}
