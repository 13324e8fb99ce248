import Files

/// What stopped a training or an evaluation: where it went wrong, what was expected, what was found.
package struct TrainingError: LocatedError {
    /// The file or folder the problem is in.
    package let file: String
    /// Counted from 1; nil where a key tells.
    package let line: Int?
    package let column: Int?
    /// Where in the file, such as a recipe's key.
    package let place: String
    package let message: String

    package init(file: String, line: Int? = nil, column: Int? = nil, place: String = "", _ message: String) {
        self.file = file
        self.line = line
        self.column = column
        self.place = place
        self.message = message
    }

    /// A file that was not read.
    init(_ error: FileError) { self.init(file: error.file, error.message) }

    package var description: String { sentence }
}
