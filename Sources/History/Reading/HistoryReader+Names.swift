package import Events
import GRDB

/// A column whose names a filter can choose one of.
package enum NamedColumn: String, Sendable {
    case camera, label
}

extension HistoryReader {
    /// The names that occur in a column, in alphabetical order, for who asked for one that does not.
    ///
    /// - Parameter kinds: of what.
    package func names(of column: NamedColumn, in kinds: [EventKind]) throws(HistoryError) -> [String] {
        let sources = Self.sources(of: kinds, for: column)
        guard !sources.isEmpty else { return [] }
        var conditions = sources.map { "id IN (SELECT \(column.rawValue) FROM \($0))" }.joined(separator: " OR ")
        if column == .label, kinds.contains(.action), try hasCorrections() {
            conditions += " OR id IN (SELECT label FROM correction)"
        }
        return try read { db in
            try String.fetchAll(db, sql: "SELECT text FROM name WHERE \(conditions) ORDER BY text")
        }
    }

    /// The tracks that occur, nearest first.
    ///
    /// - Parameters:
    ///   - track: the one that was asked for.
    ///   - count: at most so many.
    package func tracks(
        near track: Int, in kinds: [EventKind], count: Int
    ) throws(HistoryError) -> [Int] {
        let sources = Self.sources(of: kinds, for: nil)
        guard !sources.isEmpty else { return [] }
        var selects = sources.map { "SELECT track FROM \($0)" }
        if kinds.contains(.interaction) {
            selects.append("SELECT other_track FROM segment WHERE kind = \(SegmentKind.interaction.rawValue)")
        }
        let all = selects.joined(separator: " UNION ")
        return try read { db in
            try Int.fetchAll(
                db,
                sql: """
                    SELECT DISTINCT track FROM (\(all)) WHERE track IS NOT NULL ORDER BY abs(track - ?), track LIMIT ?
                    """,
                arguments: [track, count])
        }
    }

    /// Tables, with conditions, that hold the kinds and have the column; nil stands for the track.
    private static func sources(of kinds: [EventKind], for column: NamedColumn?) -> [String] {
        let segments = kinds.compactMap { SegmentKind($0).map { "\($0.rawValue)" } }
        var sources: [String] = []
        if !segments.isEmpty { sources.append("segment WHERE kind IN (\(segments.joined(separator: ", ")))") }
        if kinds.contains(.rep) { sources.append("repetition") }
        if kinds.contains(.camera), column == .camera { sources.append("camera_state") }
        return sources
    }
}
