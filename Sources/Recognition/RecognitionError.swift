import Files

/// What stopped a model, a gesture or a recogniser: where it went wrong, what was expected, what was found.
package struct RecognitionError: LocatedError {
    /// The file or folder the problem is in.
    package let file: String
    /// Where in the file: a key, a tensor, a line.
    package let place: String
    /// What is wrong, with what was expected and what was found.
    package let problem: String

    package init(file: String, place: String = "", _ problem: String) {
        self.file = file
        self.place = place
        self.problem = problem
    }

    /// A problem said as expectation and finding.
    package init(file: String, place: String = "", expected: String, found: String) {
        self.init(file: file, place: place, "expected \(expected), found \(found)")
    }

    package var message: String { problem }
    package var description: String { sentence }
}
