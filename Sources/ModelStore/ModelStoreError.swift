import Files

/// Why models could not be found, fetched or trusted: one message that names the file, what was expected and found,
/// and what to do.
package struct ModelStoreError: LocatedError {
    package enum Code: Sendable, Hashable {
        /// The caller named something unusable: a cut or altered wheel, a file that is not there or is not one.
        case badInput
        /// Models are needed and are not there, or are damaged.
        case missing
        /// The download did not work.
        case download
        /// A file could not be written.
        case file
        /// The person pressed Ctrl-C.
        case interrupted
    }

    package let code: Code
    package let message: String

    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }
}
