import Files

/// What stopped a training or an evaluation: where it went wrong, what was expected, what was found.
package struct TrainingError: LocatedError {
    /// The file or folder the problem is in.
    package let file: String
    /// Where in the file, such as a recipe's key.
    package let place: String
    package let message: String

    package init(file: String, place: String = "", _ message: String) {
        self.file = file
        self.place = place
        self.message = message
    }

    /// A file that was not read.
    init(_ error: FileError) { self.init(file: error.file, error.message) }

    package var description: String { sentence }
}
