/// Why a video or picture could not be read or written: which file, what was expected, what was found.
package struct VideoError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The file or address as the caller gave it, but for what is secret in it.
    package let path: String
    /// What went wrong, without the path.
    package let message: String

    package init(_ path: String, _ message: String) {
        self.path = AddressRedaction.address(path)
        self.message = message
    }

    package var description: String { "\(path): \(message)" }
}
