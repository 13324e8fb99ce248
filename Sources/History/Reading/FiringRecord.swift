package import Events

/// A gesture, a repetition or an exercise that was held, as a rule or examples find it in stored skeletons.
package struct FiringRecord: Sendable, Hashable {
    /// What it is told as: a gesture, a repetition, or a set of one exercise that was held.
    package let kind: EventKind
    package let run: String
    package let camera: String
    package let track: Int
    package let label: String
    package let start: UnixTime
    package var end: UnixTime
    /// The event that told the same at the time; nil where there was none.
    package var eventID: String?

    package init(
        _ kind: EventKind, run: String, camera: String, track: Int, label: String, start: UnixTime, end: UnixTime
    ) {
        self.kind = kind
        (self.run, self.camera, self.track, self.label) = (run, camera, track, label)
        (self.start, self.end) = (start, end)
    }
}

extension ResultTable {
    /// What was found, with the ids of the events that told the same.
    package init(_ records: [FiringRecord]) {
        self.init(
            columns: [
                ("start_us", "start"), ("end_us", nil), ("duration_us", "duration"), ("camera", "camera"),
                ("track", "track"), ("label", "label"), ("id", "told as event"), ("run", nil),
            ],
            rows: records.map { record in
                [
                    .time(record.start), .time(record.end),
                    .duration(.microseconds(record.end.microseconds - record.start.microseconds)),
                    .text(record.camera), .integer(record.track), .text(record.label), Cell(record.eventID),
                    .text(record.run),
                ]
            })
    }
}
