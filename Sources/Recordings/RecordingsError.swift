import Files

/// What is wrong with a recording: which file, where in it, what was expected and what was found.
package struct RecordingsError: LocatedError {
    /// The file or folder as it was given.
    package let file: String
    /// The line counted from 1, where the fault has one that tells where to look.
    package let line: Int?
    /// Where it is when lines do not tell, such as `record 3 at byte 1200` of a file that is one long line.
    package let place: String
    /// What was expected and what was found, as one sentence without a full stop.
    package let message: String

    package init(file: String, line: Int? = nil, place: String = "", message: String) {
        self.file = file
        self.line = line
        self.place = place
        self.message = message
    }
}

/// Does what may fail for the reasons of a file, be it read or written.
func reading<Value>(_ body: () throws(FileError) -> Value) throws(RecordingsError) -> Value {
    do { return try body() } catch { throw RecordingsError(file: error.file, message: error.message) }
}
