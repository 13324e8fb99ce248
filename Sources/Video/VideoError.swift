import Files

/// Why a video or picture could not be read or written: which file, what was expected, what was found.
package struct VideoError: LocatedError {
    /// The file or address as the caller gave it, but for what is secret in it.
    package let file: String
    /// What went wrong, without the path.
    package let message: String
    /// Whether the disk is full, which is nobody's wrong input.
    package let isDiskFull: Bool

    package init(_ path: String, _ message: String, isDiskFull: Bool = false) {
        self.file = AddressRedaction.address(path)
        self.message = message
        self.isDiskFull = isDiskFull
    }
}
