package import Events

/// How often something was told, and when for the last time.
package struct UseRecord: Sendable, Hashable {
    package var count = 0
    package var last: UnixTime
}

extension HistoryReader {
    /// How often each gesture was told, how often each exercise was done in full, or how many sets of it, by name.
    ///
    /// - Parameter kind: gestures, repetitions or sets.
    package func uses(_ kind: EventKind, _ filter: HistoryFilter = .init()) throws(HistoryError) -> [String: UseRecord]
    {
        let isPartial = kind == .rep && laterRepetitionColumns.hasPrefix("partial") ? "partial" : "0"
        var uses: [String: UseRecord] = [:]
        _ = try query("label, start_us, \(isPartial)", of: SegmentKind(kind), filter) { row, names in
            guard row.integer(2) == 0 else { return }
            var use = uses[names[row.integer(0)]] ?? UseRecord(last: row.time(1))
            use.count += 1
            use.last = max(use.last, row.time(1))
            uses[names[row.integer(0)]] = use
        }
        return uses
    }
}
