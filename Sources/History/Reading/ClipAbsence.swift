import Events
import GRDB

/// Why a history has no skeletons of an event, as far as it can be known.
package enum ClipAbsence: Sendable, Hashable {
    /// No Laban that keeps skeletons has written to the file.
    case unknownToWriter
    /// They were deleted since, because of these limits.
    case deleted([ClipKeeping.Limit])
    /// None of the camera were kept in that run.
    case notKept
    /// Others of that camera and run were deleted since, because of these limits; of that time none is known.
    case othersDeleted([ClipKeeping.Limit])
    /// Others of that camera and run are there, none of whoever it was at that time.
    case notWritten
    /// The clip may not be over.
    case unfinished

    /// A sentence for people, without a full stop.
    package func sentence(of event: StoredEvent) -> String {
        let reason =
            switch self {
            case .unknownToWriter: "this history is from before skeletons were kept"
            case .deleted(let limits): "it was deleted since" + Self.purpose(limits)
            case .notKept:
                "none of \(event.camera) were kept in that run, as '--clip-days 0' or 'clip_days: 0' say, or "
                    + "an older Laban deleted them"
            case .othersDeleted(let limits):
                "others of \(event.camera) in that run were deleted since\(Self.purpose(limits)), none of them of "
                    + "that time: nobody was seen then, or it could not be written in time"
            case .notWritten:
                "others of \(event.camera) are there, none of person "
                    + "\(event.tracks.map(String.init).joined(separator: " and ")) at that time: nobody was seen then, "
                    + "or it could not be written in time"
            case .unfinished: "a clip is written when it is over, within some ten seconds"
            }
        return "expected skeletons of \(event.eventID), found no clip: \(reason)"
    }

    /// Of limits that this Laban does not know there is nothing to say.
    private static func purpose(_ limits: [ClipKeeping.Limit]) -> String {
        limits.isEmpty ? "" : ", to keep to \(limits.map(\.option).joined(separator: " and "))"
    }
}

extension ClipKeeping.Limit {
    /// What sets it, on the command line and in settings.
    fileprivate var option: String {
        switch self {
        case .days: "--clip-days (clip_days)"
        case .megabytes: "--clip-megabytes (clip_megabytes)"
        }
    }
}

extension HistoryReader {
    /// Why there is no clip of an event.
    package func absence(of event: StoredEvent) throws(HistoryError) -> ClipAbsence {
        guard try hasClipTable() else { return .unknownToWriter }
        let deleted = try read { db -> [(limit: String, isOfThatTime: Bool)] in
            guard try db.tableExists("deleted_clips") else { return [] }
            return try Row.fetchAll(
                db,
                sql: """
                    SELECT limit_exceeded, start_us <= ? AND end_us >= ? FROM deleted_clips
                    WHERE run = \(Self.number) AND camera = \(Self.number) ORDER BY limit_exceeded
                    """,
                arguments: [event.end.microseconds, event.start.microseconds, event.run, event.camera]
            ).map { ($0[0], $0[1]) }
        }
        func limits(_ rows: [(limit: String, isOfThatTime: Bool)]) -> [ClipKeeping.Limit] {
            rows.compactMap { ClipKeeping.Limit(rawValue: $0.limit) }
        }
        let ofThatTime = deleted.filter(\.isOfThatTime)
        guard ofThatTime.isEmpty else { return .deleted(limits(ofThatTime)) }
        let hasOlder = try hasClip(of: event, where: "start_us <= ?", event.end)
        let hasNewer = try hasClip(of: event, where: "start_us > ?", event.end)
        let isRecent = event.end.adding(Self.longestWait) > HistoryFilter().now
        if !hasNewer, hasOlder || isRecent, WriterLock.isHeld(path: path) { return .unfinished }
        guard !hasOlder, !hasNewer else { return .notWritten }
        return deleted.isEmpty ? .notKept : .othersDeleted(limits(deleted))
    }

    private func hasClip(
        of event: StoredEvent, where condition: String, _ time: UnixTime
    ) throws(HistoryError) -> Bool {
        try read { db in
            try Bool.fetchOne(
                db,
                sql: """
                    SELECT EXISTS(SELECT 1 FROM clip WHERE \(condition) AND run = \(Self.number)
                        AND camera = \(Self.number))
                    """, arguments: [time.microseconds, event.run, event.camera]) == true
        }
    }

    /// The number of a name.
    private static let number = "(SELECT id FROM name WHERE text = ?)"
    /// A clip that is over is written after this time.
    private static let longestWait = Duration.seconds(30)
}
