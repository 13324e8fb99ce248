import Events

/// The WHERE clause of a filter and the values for its question marks.
struct SQLConditions {
    let sql: String
    let values: [Int64]

    /// Nil when the filter names a camera or label that never occurred, so that no row can match.
    ///
    /// - Parameter who: whether a row is about the track put for its question mark.
    init?(
        _ filter: HistoryFilter, and condition: (sql: String, value: Int)?, who: String, time: String, names: NameTable
    ) {
        var parts: [(sql: String, value: Int64)] = []
        if let condition { parts.append((condition.sql, Int64(condition.value))) }
        if let camera = filter.camera {
            guard let id = names.id(of: camera) else { return nil }
            parts.append(("camera = ?", id))
        }
        if let label = filter.label {
            guard let id = names.id(of: label) else { return nil }
            parts.append(("label = ?", id))
        }
        if let track = filter.track { parts.append((who, Int64(track))) }
        if let since = filter.since { parts.append((time + " >= ?", since.microseconds)) }
        if let until = filter.until { parts.append((time + " < ?", until.microseconds)) }
        sql = parts.isEmpty ? "" : " WHERE " + parts.map(\.sql).joined(separator: " AND ")
        values = parts.map(\.value)
    }
}
