import Files

/// What stopped a network from being read, planned or run: where it went wrong, what was expected, what was found.
package struct InferenceError: LocatedError {
    /// What kind of problem it is, to branch on.
    package enum Code: Sendable {
        /// The file cannot be opened or read.
        case unreadable
        /// The bytes are not what the format promises.
        case malformed
        /// Well-formed, but nothing here can run it.
        case unsupported
        /// Shapes, names or counts that do not fit each other.
        case mismatch
        /// More memory or work than any network here may ask for.
        case tooLarge
    }

    package let code: Code
    /// The file the problem is in.
    package let file: String
    /// Counted from 1; nil where a key or a tensor tells.
    package let line: Int?
    package let column: Int?
    /// Where in the file: an operator, a tensor, a layer.
    package let place: String
    /// What is wrong, with what was expected and what was found.
    package let message: String

    package init(
        _ code: Code, file: String, line: Int? = nil, column: Int? = nil, place: String = "", _ message: String
    ) {
        self.code = code
        self.file = file
        self.line = line
        self.column = column
        self.place = place
        self.message = message
    }

    /// A problem said as expectation and finding.
    package init(_ code: Code, file: String, place: String = "", expected: String, found: String) {
        self.init(code, file: file, place: place, "expected \(expected), found \(found)")
    }

    package var description: String { sentence }
}
