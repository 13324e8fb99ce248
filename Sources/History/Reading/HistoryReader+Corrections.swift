extension HistoryReader {
    /// Whether anybody has said anything of an action.
    func hasCorrections() throws(HistoryError) -> Bool { try read { try HistorySchema.hasCorrections(in: $0) } }

    /// What selects of a segment what somebody said of it: label, time, author and note; null where nobody said
    /// anything.
    func correctionColumns(_ kind: SegmentKind?) throws(HistoryError) -> [String] {
        let columns = ["label", "time_us", "author", "note"]
        guard kind == .action, try hasCorrections() else { return columns.map { _ in "NULL" } }
        return columns.map { "(SELECT k.\($0) FROM correction k WHERE k.segment = segment.id)" }
    }
}
