/// What is wrong with a YAML file, and where.
package struct YAMLFileError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Path or name of the file.
    package var file: String
    /// Counts from 1; nil when the fault has no line, as with a file that cannot be read.
    package var line: Int?
    /// Counts from 1.
    package var column: Int?
    /// What was expected and what was found.
    package var message: String

    package init(file: String, line: Int? = nil, column: Int? = nil, message: String) {
        self.file = file
        self.line = line
        self.column = column
        self.message = message
    }

    /// `file:line:column: message`, as compilers write it.
    package var description: String {
        [file, line.map(String.init), column.map(String.init)].compactMap { $0 }.joined(separator: ":") + ": " + message
    }
}
