import Files

/// What stopped a model, a gesture or a recogniser: where it went wrong, what was expected, what was found.
package struct RecognitionError: LocatedError {
    /// The file or folder the problem is in.
    package let file: String
    /// Where in the file: a key, a tensor, a line.
    package let place: String
    /// What is wrong, with what was expected and what was found.
    package let message: String

    package init(file: String, place: String = "", _ message: String) {
        self.file = file
        self.place = place
        self.message = message
    }

    /// A problem said as expectation and finding.
    package init(file: String, place: String = "", expected: String, found: String) {
        self.init(file: file, place: place, "expected \(expected), found \(found)")
    }

    package var description: String { sentence }
}
