import Events

extension HistoryReader {
    /// How the `segment` table numbers holes; nothing else has this kind.
    static let holeKind = 5

    /// Times in which something is missing, or was written late, newest first; of the filter only the times matter.
    package func holes(_ filter: HistoryFilter = .init()) throws(HistoryError) -> [HoleRecord] {
        let all = try query(
            "event_id, run, start_us, end_us, open, count, label", from: "segment",
            where: ("kind = ?", Self.holeKind), HistoryFilter()
        ) {
            [$0]
        } record: { row, names in
            HoleRecord(
                eventID: row.text(0) ?? "", run: names[row.integer(1)], start: row.time(2), end: row.time(3),
                isOpen: row.integer(4) != 0, dropped: row.count(5), message: names[row.integer(6)])
        }
        return all.filter { hole in
            (filter.since.map { hole.end >= $0 } ?? true) && (filter.until.map { hole.start < $0 } ?? true)
        }
    }
}
