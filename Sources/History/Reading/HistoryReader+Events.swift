package import Events
import GRDB

/// An event of a history that lasted from when to when and is of somebody.
package enum StoredEvent: Sendable, Hashable {
    case segment(SegmentRecord)
    case repetition(RepetitionRecord)

    package var eventID: String {
        switch self {
        case .segment(let record): record.eventID
        case .repetition(let record): record.eventID
        }
    }

    package var kind: EventKind {
        switch self {
        case .segment(let record): record.kind.eventKind
        case .repetition: .rep
        }
    }

    package var run: String {
        switch self {
        case .segment(let record): record.run
        case .repetition(let record): record.run
        }
    }

    package var camera: String {
        switch self {
        case .segment(let record): record.camera
        case .repetition(let record): record.camera
        }
    }

    /// Whose it is, and of an interaction whom it is done to.
    package var tracks: [Int] {
        switch self {
        case .segment(let record): [record.track] + (record.otherTrack.map { [$0] } ?? [])
        case .repetition(let record): [record.track]
        }
    }

    package var label: String {
        switch self {
        case .segment(let record): record.label
        case .repetition(let record): record.exercise
        }
    }

    package var start: UnixTime {
        switch self {
        case .segment(let record): record.start
        case .repetition(let record): record.start
        }
    }

    package var end: UnixTime {
        switch self {
        case .segment(let record): record.end
        case .repetition(let record): record.end
        }
    }
}

extension HistoryReader {
    /// What stands for the event of all that began last.
    package static let newest = "last"

    /// The event whose id begins so, or the one that began last; being there is no such event.
    ///
    /// - Throws: where there is none, or several.
    package func event(_ head: String) throws(HistoryError) -> StoredEvent {
        if head == Self.newest { return try newestEvent() }
        let head = head.uppercased()
        guard !head.isEmpty, head.utf8.count <= 26, head.utf8.allSatisfy({ EventID.isDigit($0) }) else {
            throw HistoryError(
                .lacking, path: path, message: "expected an event's id, or how it begins, found '\(head)'")
        }
        let found = try ids(from: head)
        guard let first = found.first else {
            throw HistoryError(
                .lacking, path: path,
                message: "expected the id of an event, as 'laban history actions --ids' prints it, found '\(head)'")
        }
        guard found.count == 1 else {
            let some = found.prefix(3).map(\.id).joined(separator: ", ")
            throw HistoryError(
                .lacking, path: path,
                message:
                    "expected more of the id: \(found.count > Self.mostIDs ? "more than \(Self.mostIDs)" : "\(found.count)") events' begin with '\(head)', such as \(some)"
            )
        }
        let moment = HistoryFilter(
            since: first.start, until: first.start.adding(.microseconds(1)), isOfBeginnings: true)
        if let kind = first.kind.flatMap({ SegmentKind(rawValue: $0) }) {
            if let record = try segments(kind, moment).first(where: { $0.eventID == first.id }) {
                return .segment(record)
            }
        } else if first.kind == nil, let record = try repetitions(moment).first(where: { $0.eventID == first.id }) {
            return .repetition(record)
        }
        throw HistoryError(
            .lacking, path: path,
            message:
                "expected an event of somebody, found \(first.id), which is of a camera or the history itself; see "
                + "'laban history cameras' and 'laban history holes'")
    }

    private func newestEvent() throws(HistoryError) -> StoredEvent {
        let one = HistoryFilter(limit: 1)
        var events = try repetitions(one).map { StoredEvent.repetition($0) }
        for kind in SegmentKind.allCases where kind != .track {
            events += try segments(kind, one).map { StoredEvent.segment($0) }
        }
        guard let last = events.max(by: { $0.start < $1.start }) else {
            throw HistoryError(.lacking, path: path, message: "expected an event, found none yet")
        }
        return last
    }

    private static let mostIDs = 20

    /// Events whose ids begin so; the kind is nil for repetitions.
    private func ids(from head: String) throws(HistoryError) -> [(id: String, kind: Int?, start: UnixTime)] {
        // Beyond the last digit.
        let end = head + "["
        return try read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT event_id, CAST(kind AS INTEGER), CAST(start_us AS INTEGER) FROM segment WHERE event_id >= ?1 AND event_id < ?2 UNION ALL
                    SELECT event_id, NULL, CAST(start_us AS INTEGER) FROM repetition WHERE event_id >= ?1 AND event_id < ?2 UNION
                    SELECT event_id, -1, 0 FROM camera_state WHERE event_id >= ?1 AND event_id < ?2 LIMIT ?3
                    """, arguments: [head, end, Self.mostIDs + 1]
            ).map { ($0[0], $0[1], UnixTime(microseconds: $0[2])) }
        }
    }
}

extension EventID {
    /// Whether it is one of Crockford's digits, in capitals.
    fileprivate static func isDigit(_ character: UInt8) -> Bool {
        "0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8.contains(character)
    }
}
