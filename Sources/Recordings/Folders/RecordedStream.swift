/// A long recording with labelled segments, found but not loaded yet.
package struct RecordedStream: Sendable {
    package let name: String
    package let subject: String?
    /// The true segments in order of their start.
    package let segments: [RecordedSegment]
    /// A file or folder of skeletons, or a video.
    let file: String
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
