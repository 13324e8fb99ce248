package import Events
package import Foundation
import GRDB

extension HistoryReader {
    /// Counts and total durations per day, camera, kind and label, in that order.
    ///
    /// - Parameters:
    ///   - kinds: what to count.
    ///   - calendar: tells where days begin.
    package func statistics(
        _ kinds: [EventKind] = [.action, .gesture, .rep, .interaction, .track], _ filter: HistoryFilter = .init(),
        calendar: Calendar = .history
    ) throws(HistoryError) -> [StatisticsRecord] {
        var days = DayNames(calendar: calendar)
        var totals: [StatisticsKey: (count: Int, microseconds: Int64)] = [:]
        for kind in kinds {
            let (table, condition): (String, (String, Int)?)
            if kind == .rep {
                (table, condition) = ("repetition", nil)
            } else if let segment = SegmentKind(kind) {
                (table, condition) = ("segment", ("kind = ?", segment.rawValue))
            } else {
                continue
            }
            let select = "SELECT camera, label, start_us, end_us FROM " + table
            _ = try query(select, where: condition, who: kind == .rep ? "track = ?" : Self.segmentOf, filter) {
                row, names in
                let key = StatisticsKey(
                    day: days.name(of: row.integer(2)), camera: names[row.integer(0)], kind: kind,
                    label: names[row.integer(1)])
                totals[key, default: (0, 0)].count += 1
                totals[key, default: (0, 0)].microseconds &+= row.integer(3) &- row.integer(2)
            }
        }
        return totals.sorted { $0.key < $1.key }.map { key, total in
            StatisticsRecord(
                day: key.day, camera: key.camera, kind: key.kind, label: key.label, count: total.count,
                duration: .microseconds(total.microseconds))
        }
    }

    /// Everything that happened, oldest first; of more than the limit the newest.
    package func timeline(_ filter: HistoryFilter = .init()) throws(HistoryError) -> [TimelineRecord] {
        var records: [TimelineRecord] = []
        for kind in SegmentKind.allCases {
            records += try segments(kind, filter).map { segment in
                TimelineRecord(
                    start: segment.start, duration: segment.isOpen ? nil : segment.duration, camera: segment.camera,
                    kind: kind.eventKind, track: segment.track, label: segment.label,
                    detail: segment.otherTrack.map { "with \($0)" + (segment.isMutual == true ? ", both" : "") })
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
        return filter.limit.map { Array(records.suffix(max($0, 0))) } ?? records
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

/// Names days, remembering the last one's borders: rows come in order of time.
private struct DayNames {
    let calendar: Calendar
    private var borders = 0..<Int64(0)
    private var name = ""

    init(calendar: Calendar) { self.calendar = calendar }

    mutating func name(of microseconds: Int64) -> String {
        if borders.contains(microseconds) { return name }
        let date = UnixTime(microseconds: microseconds).date
        let parts = calendar.dateComponents([.year, .month, .day], from: date)
        name = [(parts.year ?? 0, 4), (parts.month ?? 0, 2), (parts.day ?? 0, 2)].map { number, width in
            let digits = String(number)
            return String(repeating: "0", count: max(0, width - digits.count)) + digits
        }.joined(separator: "-")
        if let day = calendar.dateInterval(of: .day, for: date) {
            borders = UnixTime(day.start).microseconds..<max(UnixTime(day.start), UnixTime(day.end)).microseconds
        }
        return name
    }
}
