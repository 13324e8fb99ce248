import GRDB

/// The `name` table in memory: names are only ever added, so only the new ones are read.
struct NameTable: Sendable {
    private var texts: [String] = []
    private var ids: [String: Int64] = [:]

    /// More names than any history has; a damaged file may hold any number.
    private static let greatestID: Int64 = 1_000_000

    /// Takes in the names added since the last time.
    mutating func update(from db: Database) throws {
        let statement = try db.cachedStatement(sql: "SELECT id, text FROM name WHERE id > ? ORDER BY id")
        statement.setUncheckedArguments([texts.count - 1])
        let row = StatementRow(statement)
        let rows = try Row.fetchCursor(statement)
        while try rows.next() != nil {
            let id = row.integer(0)
            guard id >= 0, id < Self.greatestID else { continue }
            while texts.count <= id { texts.append("") }
            texts[Int(id)] = row.text(1) ?? ""
            ids[texts[Int(id)]] = id
        }
    }

    /// The name of that number; empty for one that was never given.
    subscript(id: Int64) -> String {
        id >= 0 && id < texts.count ? texts[Int(id)] : ""
    }

    /// Whether any name may have that number.
    func contains(_ id: Int64) -> Bool { id >= 0 && id < texts.count }

    /// The number of a name, or nil if it never occurred.
    func id(of text: String) -> Int64? { ids[text] }
}
