import Events

extension HistoryReader {
    /// Says of what was found which event told the same: of that person and label, at that time. No event tells of two.
    package func matching(_ found: [FiringRecord]) throws(HistoryError) -> [FiringRecord] {
        var told = found
        for (subject, places) in Dictionary(grouping: found.indices, by: { Subject(found[$0]) }) {
            let events = Dictionary(grouping: try self.events(subject, around: places.map { found[$0] })) {
                Person(run: $0.run, camera: $0.camera, track: $0.tracks[0])
            }
            let people = Dictionary(grouping: places) { place in
                Person(run: found[place].run, camera: found[place].camera, track: found[place].track)
            }
            for (person, places) in people {
                let ids = Self.matches(places.map { found[$0] }, events[person] ?? [])
                for (place, id) in zip(places, ids) { told[place].eventID = id }
            }
        }
        return told
    }

    /// What is looked for.
    private struct Subject: Hashable {
        let kind: EventKind
        let label: String

        init(_ firing: FiringRecord) { (kind, label) = (firing.kind, firing.label) }
    }

    /// Whom a track means.
    private struct Person: Hashable {
        let run: String
        let camera: String
        let track: Int
    }

    /// By how much what is told and what is found may miss each other.
    private static let slack = Duration.seconds(1)

    private func events(_ subject: Subject, around found: [FiringRecord]) throws(HistoryError) -> [StoredEvent] {
        guard let since = found.map(\.start).min(), let until = found.map(\.end).max() else { return [] }
        let filter = HistoryFilter(
            since: since.adding(.zero - Self.slack), until: until.adding(Self.slack), label: subject.label)
        guard let kind = SegmentKind(subject.kind) else { return try repetitions(filter).map { .repetition($0) } }
        return try segments(kind, filter).map { .segment($0) }
    }

    /// For each of what was found the event that begins nearest to it, those that are nearest to each other first.
    private static func matches(_ found: [FiringRecord], _ events: [StoredEvent]) -> [String?] {
        var pairs: [(distance: Double, firing: Int, event: Int)] = []
        for (firing, record) in found.enumerated() {
            for (event, other) in events.enumerated()
            where other.start < record.end.adding(slack) && record.start < other.end.adding(slack) {
                pairs.append(
                    (abs(Double(other.start.microseconds) - Double(record.start.microseconds)), firing, event))
            }
        }
        var ids = [String?](repeating: nil, count: found.count)
        var isTold = [Bool](repeating: false, count: events.count)
        for pair in pairs.sorted(by: { $0 < $1 }) where ids[pair.firing] == nil && !isTold[pair.event] {
            ids[pair.firing] = events[pair.event].eventID
            isTold[pair.event] = true
        }
        return ids
    }
}
