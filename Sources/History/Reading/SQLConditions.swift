import Events

/// A WHERE clause and the values for its question marks.
struct SQLConditions {
    private var parts: [(sql: String, values: [Int64])] = []

    /// The clause, with a space before it; empty without conditions.
    var sql: String { parts.isEmpty ? "" : " WHERE " + parts.map(\.sql).joined(separator: " AND ") }
    var values: [Int64] { parts.flatMap(\.values) }

    /// What a filter says of camera, label and track, as alternatives of which a row meets one at most: what is held to be
    /// something was told as it and not corrected, or corrected to it, and each of the two is found by an index of its own.
    ///
    /// - Parameters:
    ///   - areCorrected: whether somebody has said something of some of the rows.
    ///   - who: whether a row is about the track put for its question marks.
    /// - Returns: none where the filter names a camera or label that never occurred, so that no row can match.
    static func alternatives(
        _ filter: HistoryFilter, and condition: (sql: String, value: Int)?, areCorrected: Bool, who: String,
        names: NameTable
    ) -> [SQLConditions] {
        guard let all = SQLConditions(filter, and: condition, who: who, names: names) else { return [] }
        guard let label = filter.label else { return [all] }
        guard let id = names.id(of: label) else { return [] }
        var told = all
        told.add("label = ?", id)
        guard areCorrected else { return [told] }
        told.add("id NOT IN (SELECT segment FROM correction)")
        var corrected = all
        corrected.add("id IN (SELECT segment FROM correction WHERE label = ?)", id)
        return [told, corrected]
    }

    /// What a filter says of all but the label; nil when it names a camera that never occurred.
    private init?(
        _ filter: HistoryFilter, and condition: (sql: String, value: Int)?, who: String, names: NameTable
    ) {
        if let condition { add(condition.sql, Int64(condition.value)) }
        if let camera = filter.camera {
            guard let id = names.id(of: camera) else { return nil }
            add("camera = ?", id)
        }
        if filter.isCorrected { add("id IN (SELECT segment FROM correction)") }
        if let track = filter.track {
            parts.append((who, Array(repeating: Int64(track), count: who.count { $0 == "?" })))
        }
    }

    mutating func add(_ sql: String, _ values: Int64...) { parts.append((sql, values)) }

    /// The conditions of the statements whose rows, one after the other, are those of the time asked about, newest first. Each
    /// finds its rows by one index.
    ///
    /// - Parameters:
    ///   - table: `segment` or `repetition`.
    ///   - aliveSince: what is open and was heard of since then goes on until now; nil where nothing does.
    func inTime(of filter: HistoryFilter, table: String, aliveSince: UnixTime?) -> [SQLConditions] {
        guard let since = filter.since?.microseconds, !filter.isOfBeginnings else {
            return [beginning(in: filter, time: "start_us")]
        }
        let longBefore = since < .min + Self.longStretch ? .min : since - Self.longStretch
        var recent = self
        recent.add("start_us >= ?", longBefore)
        if let until = filter.until { recent.add("start_us < ?", until.microseconds) }
        var long = self
        long.add("start_us < ?", longBefore)
        long = long.found(by: "kind")
        long.add("end_us - start_us > \(Self.longStretch)")
        long.add("end_us > ?", since)
        var earlier = [long]
        if let aliveSince {
            recent.add(
                "(start_us >= ? OR end_us > ? OR open = 1 AND end_us >= ?)", since, since, aliveSince.microseconds)
            var open = self
            open.add("start_us < ?", longBefore)
            open.add("end_us >= ?", aliveSince.microseconds)
            open = open.found(by: "open")
            open.add("open = 1")
            earlier.append(open)
        } else {
            recent.add("(start_us >= ? OR end_us > ?)", since, since)
        }
        // Within, nothing is sorted, which would speak for an index by beginnings.
        let found = earlier.map { "SELECT id FROM \(table)\($0.sql)" }.joined(separator: " UNION ALL ")
        var rows = self
        rows.parts = [("id IN (\(found))", earlier.flatMap(\.values))]
        return [recent, rows]
    }

    /// The same conditions, of which those of one column alone let SQLite choose an index: a sign hides the others.
    private func found(by column: String) -> SQLConditions {
        var conditions = self
        conditions.parts = parts.map { $0.sql.hasPrefix(column) ? $0 : ("+" + $0.sql, $0.values) }
        return conditions
    }

    /// The conditions for what began in the time asked about.
    func beginning(in filter: HistoryFilter, time: String) -> SQLConditions {
        var conditions = self
        if let since = filter.since { conditions.add(time + " >= ?", since.microseconds) }
        if let until = filter.until { conditions.add(time + " < ?", until.microseconds) }
        return conditions
    }

    /// Rows that last longer than this have an index of their own, by their ends; all others are found by their beginnings.
    static let longStretch: Int64 = 600_000_000
}
