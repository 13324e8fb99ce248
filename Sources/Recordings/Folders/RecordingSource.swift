/// Where the poses of a clip or stream lie.
enum RecordingSource: Sendable {
    /// A skeleton file by its path.
    case file(String)
    /// Rows of the data set's array.
    case rows(Range<Int>)
}
