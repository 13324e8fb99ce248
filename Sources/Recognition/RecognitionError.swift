import Files
import Inference

/// What stopped a model, a gesture or a recogniser: where it went wrong, what was expected, what was found.
package struct RecognitionError: LocatedError {
    /// The file or folder the problem is in.
    package let file: String
    /// Counted from 1; nil where a key or a tensor tells.
    package let line: Int?
    package let column: Int?
    /// Where in the file: a key, a tensor, a line.
    package let place: String
    /// What is wrong, with what was expected and what was found.
    package let message: String

    package init(file: String, line: Int? = nil, column: Int? = nil, place: String = "", _ message: String) {
        self.file = file
        self.line = line
        self.column = column
        self.place = place
        self.message = message
    }

    /// A problem said as expectation and finding.
    package init(file: String, place: String = "", expected: String, found: String) {
        self.init(file: file, place: place, "expected \(expected), found \(found)")
    }

    /// What stopped a network from being read.
    init(_ error: InferenceError) {
        self.init(file: error.file, line: error.line, column: error.column, place: error.place, error.message)
    }

    package var description: String { sentence }
}
