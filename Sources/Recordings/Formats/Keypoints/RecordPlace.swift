/// Where in a source a frame or person stands, for errors.
struct RecordPlace {
    let file: String
    /// Counted from 1; nil where the whole file may be one line, and for what has no lines.
    var line: Int?
    /// Which record it is and at which byte, where lines do not tell.
    var record: String?

    func error(_ message: String) -> RecordingsError {
        RecordingsError(file: file, line: line, place: line == nil ? record ?? "" : "", message: message)
    }
}
