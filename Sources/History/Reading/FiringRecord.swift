package import Events

/// A gesture or repetition that a rule or examples find in stored skeletons.
package struct FiringRecord: Sendable, Hashable {
    package let run: String
    package let camera: String
    package let track: Int
    package let label: String
    package let start: UnixTime
    package var end: UnixTime
    /// The event that told the same at the time; nil where there was none.
    package var eventID: String?

    package init(run: String, camera: String, track: Int, label: String, start: UnixTime, end: UnixTime) {
        (self.run, self.camera, self.track, self.label) = (run, camera, track, label)
        (self.start, self.end) = (start, end)
    }
}

extension HistoryReader {
    /// Says of what was found which event told the same: of that person and label, at that time.
    ///
    /// - Parameters:
    ///   - found: all of one label.
    ///   - kind: what it is told as, a gesture or repetitions.
    package func matching(_ found: [FiringRecord], _ kind: EventKind) throws(HistoryError) -> [FiringRecord] {
        guard let first = found.first, let since = found.map(\.start).min(), let until = found.map(\.end).max() else {
            return found
        }
        let second = Duration.seconds(1)
        let filter = HistoryFilter(
            since: since.adding(.zero - second), until: until.adding(second), label: first.label)
        let events =
            kind == .rep
            ? try repetitions(filter).map { StoredEvent.repetition($0) }
            : try segments(.gesture, filter).map { StoredEvent.segment($0) }
        let known = Dictionary(grouping: events) { "\($0.run) \($0.camera) \($0.tracks[0])" }
        return found.map { firing in
            var firing = firing
            let near = known["\(firing.run) \(firing.camera) \(firing.track)"]?.filter {
                $0.start < firing.end.adding(second) && firing.start < $0.end.adding(second)
            }
            firing.eventID =
                near?.min {
                    abs(Double($0.start.microseconds) - Double(firing.start.microseconds))
                        < abs(Double($1.start.microseconds) - Double(firing.start.microseconds))
                }?.eventID
            return firing
        }
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
