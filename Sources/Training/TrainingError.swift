import Files

/// What stopped a training or an evaluation: where it went wrong, what was expected, what was found.
package struct TrainingError: LocatedError {
    /// The file or folder the problem is in.
    package let file: String
    /// Where in the file, such as a recipe's key.
    package let place: String
    /// What is wrong, with what was expected and what was found.
    package let problem: String

    package init(file: String, place: String = "", _ problem: String) {
        self.file = file
        self.place = place
        self.problem = problem
    }

    package var message: String { problem }
    package var description: String { sentence }
}
