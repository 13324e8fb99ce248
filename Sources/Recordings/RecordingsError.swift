/// What is wrong with a recording: which file, where in it, what was expected and what was found.
package struct RecordingsError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The file or folder as it was given.
    package let file: String
    /// The line counted from 1, where the fault has one.
    package let line: Int?
    /// What was expected and what was found, as one sentence without a full stop.
    package let message: String

    package init(file: String, line: Int? = nil, message: String) {
        self.file = file
        self.line = line
        self.message = message
    }

    package var description: String {
        guard let line else { return "\(file): \(message)" }
        return "\(file):\(line): \(message)"
    }
}
