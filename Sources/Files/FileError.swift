/// Why a file was not read or written: which, what was expected and what was found.
package struct FileError: LocatedError {
    package enum Code: Sendable, Hashable {
        /// There is none, it is no file, or the system refuses.
        case unreadable
        /// It has more bytes than whoever reads it takes.
        case tooLarge
        /// Something else has its name, or the system refuses.
        case unwritable
        /// There is one already that is not to be replaced.
        case taken
    }

    package let code: Code
    /// The file as it was given.
    package let file: String
    /// What was expected and what was found, as one sentence without a full stop.
    package let message: String

    package init(_ code: Code, file: String, _ message: String) {
        self.code = code
        self.file = file
        self.message = message
    }
}
