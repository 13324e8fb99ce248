package import Events
package import Foundation
import GRDB

extension HistoryReader {
    /// Counts and total durations per day, camera, kind and label, in that order.
    ///
    /// Only the part of a stretch that falls into the filter's time counts, and of a stretch over midnight each day's part for
    /// that day. Each is counted once, on its first day of those.
    ///
    /// - Parameters:
    ///   - kinds: what to count.
    ///   - calendar: tells where days begin.
    package func statistics(
        _ kinds: [EventKind] = [.action, .gesture, .rep, .interaction, .track], _ filter: HistoryFilter = .init(),
        calendar: Calendar = .history
    ) throws(HistoryError) -> [StatisticsRecord] {
        let presence = presence(in: filter)
        var days = Days(calendar: calendar)
        var totals: [StatisticsKey: (count: Int, repetitions: Int, microseconds: Int64)] = [:]
        let partial = laterRepetitionColumns.hasPrefix("partial") ? "partial" : "0"
        for kind in kinds {
            let segment = SegmentKind(kind)
            guard kind == .rep || segment != nil else { continue }
            let open = segment == nil ? "0" : "open"
            let number = segment == .set ? "count" : segment == nil ? "CASE WHEN \(partial) THEN 0 ELSE 1 END" : "1"
            let label = try "coalesce(\(correctionColumns(segment)[0]), label)"
            _ = try query("camera, \(label), start_us, end_us, \(open), \(number)", of: segment, filter) { row, names in
                let part = presence.part(of: row.time(2), row.time(3), isOpen: row.integer(4) != 0)
                for (place, piece) in days.pieces(of: part).enumerated() {
                    let key = StatisticsKey(
                        day: piece.day, camera: names[row.integer(0)], kind: kind, label: names[row.integer(1)])
                    let number = Int(row.integer(5))
                    totals[key, default: (0, 0, 0)].count += place == 0 ? min(number, 1) : 0
                    totals[key, default: (0, 0, 0)].repetitions += place == 0 ? number : 0
                    totals[key, default: (0, 0, 0)].microseconds &+= piece.microseconds
                }
            }
        }
        return totals.sorted { $0.key < $1.key }.map { key, total in
            StatisticsRecord(
                day: key.day, camera: key.camera, kind: key.kind, label: key.label, count: total.count,
                repetitions: key.kind == .set ? total.repetitions : nil, duration: .microseconds(total.microseconds))
        }
    }

    /// How long people were in sight within the filter's time, the times of all of them together.
    ///
    /// - Parameter isMeant: whether people of this run and camera are counted.
    package func personTime(
        _ filter: HistoryFilter, where isMeant: (_ run: String, _ camera: String) -> Bool
    ) throws(HistoryError) -> Duration {
        let presence = presence(in: filter)
        return try query("run, camera, start_us, end_us, open", of: .track, filter) { row, names in
            guard isMeant(names[row.integer(0)], names[row.integer(1)]) else { return Duration.zero }
            let part = presence.part(of: row.time(2), row.time(3), isOpen: row.integer(4) != 0)
            return .microseconds(part.upperBound.microseconds &- part.lowerBound.microseconds)
        }.reduce(.zero, +)
    }

    /// Everything that happened, oldest first; of more than the limit the newest. What began before the filter's time, or ended
    /// after it, is cut to it.
    package func timeline(_ filter: HistoryFilter = .init()) throws(HistoryError) -> [TimelineRecord] {
        var records: [TimelineRecord] = []
        for kind in SegmentKind.allCases {
            records += try segments(kind, filter).map { segment in
                TimelineRecord(
                    start: segment.start, duration: segment.isOpen ? nil : segment.duration, camera: segment.camera,
                    kind: kind.eventKind, track: segment.track, label: segment.label,
                    detail: (segment.isHeld ? "held" : nil) ?? segment.count.map { "\($0) repetitions" }
                        ?? segment.otherTrack.map { "with \($0)" + (segment.isMutual == true ? ", both" : "") }
                        ?? segment.correction.map { $0.told == segment.label ? "right" : "told as \($0.told)" })
            }
        }
        records += try repetitions(filter).map { repetition in
            TimelineRecord(
                start: repetition.start, duration: repetition.duration, camera: repetition.camera, kind: .rep,
                track: repetition.track, label: repetition.exercise, detail: "number \(repetition.index)")
        }
        if filter.track == nil && filter.label == nil {
            records += try cameras(filter).map { camera in
                TimelineRecord(
                    start: camera.time, duration: nil, camera: camera.camera, kind: .camera, track: nil,
                    label: camera.state, detail: camera.message)
            }
        }
        // What happened at one moment stays in the order in which it was written.
        records.reverse()
        let order = Dictionary(uniqueKeysWithValues: zip(EventKind.allCases, EventKind.allCases.indices))
        records.sort {
            ($0.start, $0.camera, order[$0.kind] ?? 0, $0.track ?? 0) < (
                $1.start, $1.camera, order[$1.kind] ?? 0, $1.track ?? 0
            )
        }
        let presence = presence(in: filter)
        return records.suffix(filter.limit.map { max($0, 0) } ?? records.count).map { record in
            let end = record.duration.map { record.start.adding($0) }
            let part = presence.part(of: record.start, end ?? record.start)
            var record = record
            record.start = part.lowerBound
            if end != nil {
                record.duration = .microseconds(part.upperBound.microseconds &- part.lowerBound.microseconds)
            }
            return record
        }
    }
}

private struct StatisticsKey: Hashable, Comparable {
    let day: String
    let camera: String
    let kind: EventKind
    let label: String

    static func < (a: Self, b: Self) -> Bool {
        (a.day, a.camera, a.kind.rawValue, a.label) < (b.day, b.camera, b.kind.rawValue, b.label)
    }
}

/// Tells days apart, remembering the last one's borders: rows come in order of time.
private struct Days {
    private let calendar: Calendar
    private var borders = 0..<Int64(0)
    private var name = ""

    /// A damaged file may hold stretches of thousands of years.
    private static let mostDays = 1000

    init(calendar: Calendar) { self.calendar = calendar }

    /// A stretch cut at midnights; one piece at least.
    mutating func pieces(of stretch: Range<UnixTime>) -> [(day: String, microseconds: Int64)] {
        var pieces: [(day: String, microseconds: Int64)] = []
        var start = stretch.lowerBound.microseconds
        let end = stretch.upperBound.microseconds
        repeat {
            find(start)
            let isCut = pieces.count < Self.mostDays && borders.contains(start)
            let next = isCut ? min(end, borders.upperBound) : end
            pieces.append((name, next &- start))
            start = next
        } while start < end
        return pieces
    }

    private mutating func find(_ microseconds: Int64) {
        if borders.contains(microseconds) { return }
        let date = UnixTime(microseconds: microseconds).date
        name = LocalTime(date, in: calendar.timeZone).dayText
        if let day = calendar.dateInterval(of: .day, for: date) {
            borders = UnixTime(day.start).microseconds..<max(UnixTime(day.start), UnixTime(day.end)).microseconds
        }
    }
}
