import Files

/// What is wrong with a robot's description, and where.
package struct RobotsError: LocatedError {
    package let file: String
    package let line: Int?
    package let column: Int?
    /// The element it is about, such as `joint elbow`; empty where it is about the whole file.
    package let place: String
    package let message: String

    package init(file: String, line: Int? = nil, column: Int? = nil, place: String = "", message: String) {
        self.file = file
        self.line = line
        self.column = column
        self.place = place
        self.message = message
    }
}
