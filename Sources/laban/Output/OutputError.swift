import Glibc

/// A place Laban was told to write to and cannot.
struct OutputError: Error, CustomStringConvertible {
    let path: String
    let message: String
    /// Whether the user named a place that could never do, rather than that a good one failed.
    var isUsage = false
    /// Whether whoever read the results has gone, which ends a command quietly.
    var isReaderGone = false

    var description: String { "\(path): \(message)" }
}

extension OutputError {
    /// What the system says by number.
    init(path: String, errno: Int32, isUsage: Bool = false) {
        let reason = errno == ETIMEDOUT ? "its reader does not read" : String(cString: strerror(errno))
        self.init(
            path: path, message: "cannot be written: \(reason)", isUsage: isUsage, isReaderGone: errno == EPIPE)
    }
}
