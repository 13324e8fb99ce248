/// One labelled clip of a recordings folder, found but not loaded yet.
package struct RecordedClip: Sendable {
    /// Names the clip within its folder, such as `squat/anna-1` or `m01_s01_e01`.
    package let name: String
    package let label: String
    /// Who moves, or where a data set does not tell, its own unit of splitting (a style, a group); nil when unknown.
    package let subject: String?
    /// Whatever else the data set says of it, by the data set's own column names.
    package let attributes: [String: String]
    let source: RecordingSource
}

/// A long recording with labelled segments, found but not loaded yet.
package struct RecordedStream: Sendable {
    package let name: String
    package let subject: String?
    /// The true segments in order of their start.
    package let segments: [RecordedSegment]
    let source: RecordingSource
}

/// A stretch of a stream in which something is done.
package struct RecordedSegment: Sendable, Hashable {
    package let label: String
    /// Media time of its first moment.
    package let start: Duration
    /// Media time of its last moment, not before `start`.
    package let end: Duration

    package init(label: String, start: Duration, end: Duration) {
        self.label = label
        self.start = start
        self.end = end
    }
}

/// Where the poses of a clip or stream lie.
enum RecordingSource: Sendable {
    /// A skeleton file by its path.
    case file(String)
    /// Rows of the data set's array.
    case rows(Range<Int>)
}
