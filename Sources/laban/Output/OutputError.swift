/// A place Laban was told to write to and cannot.
struct OutputError: Error, CustomStringConvertible {
    let path: String
    let message: String
    /// Whether the user named a place that could never do, rather than that a good one failed.
    var isUsage = false

    var description: String { "\(path): \(message)" }
}
