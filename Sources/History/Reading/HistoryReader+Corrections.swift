import Events

extension HistoryReader {
    /// Whether anybody has said anything of an action.
    func hasCorrections() throws(HistoryError) -> Bool { try read { try HistorySchema.hasCorrections(in: $0) } }

    /// What selects of a segment what somebody said of it: label, time, author and note; null where nobody said anything.
    func correctionColumns(_ kind: SegmentKind?) throws(HistoryError) -> [String] {
        let columns = ["label", "time_us", "author", "note"]
        guard kind == .action, try hasCorrections() else { return columns.map { _ in "NULL" } }
        return columns.map { "(SELECT k.\($0) FROM correction k WHERE k.segment = segment.id)" }
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
}
