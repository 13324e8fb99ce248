import GRDB

/// The `name` table in memory: names are only ever added, so only the new ones are read.
struct NameTable: Sendable {
    private var texts: [String] = []
    private var ids: [String: Int64] = [:]

    /// Takes in the names added since the last time.
    mutating func update(from db: Database) throws {
        let statement = try db.cachedStatement(sql: "SELECT id, text FROM name WHERE id > ? ORDER BY id")
        statement.setUncheckedArguments([texts.count - 1])
        let rows = try Row.fetchCursor(statement)
        while let row = try rows.next() {
            // A damaged file may hold any number, or something else.
            guard let id = Int64.fromDatabaseValue(row[0]), let text = String.fromDatabaseValue(row[1]),
                (0..<10_000_000).contains(id)
            else { continue }
            while texts.count <= id { texts.append("") }
            texts[Int(id)] = text
            ids[text] = id
        }
    }

    /// The name of that number; empty for one that was never given.
    subscript(id: Int64) -> String {
        id >= 0 && id < texts.count ? texts[Int(id)] : ""
    }

    /// The number of a name, or nil if it never occurred.
    func id(of text: String) -> Int64? { ids[text] }
}
