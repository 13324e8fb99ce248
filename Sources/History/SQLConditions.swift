import Events
import GRDB

/// The WHERE clause of a filter and the values for its question marks.
struct SQLConditions {
    let sql: String
    let values: [DatabaseValue]

    /// Nil when the filter names a camera or label that never occurred, so that no row can match.
    init?(
        _ filter: HistoryFilter, and condition: (sql: String, value: Int)?, time: String, in db: Database
    ) throws {
        var parts: [String] = []
        var values: [DatabaseValue] = []
        if let condition {
            parts.append(condition.sql)
            values.append(condition.value.databaseValue)
        }
        for (column, text) in [("camera", filter.camera), ("label", filter.label)] {
            guard let text else { continue }
            let statement = try db.cachedStatement(sql: "SELECT id FROM name WHERE text = ?")
            guard let id = try Int64.fetchOne(statement, arguments: [text]) else { return nil }
            parts.append(column + " = ?")
            values.append(id.databaseValue)
        }
        if let track = filter.track {
            parts.append("track = ?")
            values.append(track.databaseValue)
        }
        if let since = filter.since {
            parts.append(time + " >= ?")
            values.append(since.microseconds.databaseValue)
        }
        if let until = filter.until {
            parts.append(time + " < ?")
            values.append(until.microseconds.databaseValue)
        }
        sql = parts.isEmpty ? "" : " WHERE " + parts.joined(separator: " AND ")
        self.values = values
    }
}
