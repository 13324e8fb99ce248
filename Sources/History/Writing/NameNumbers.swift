import GRDB

/// The numbers that stand for names in a history's tables, given at a name's first use.
///
/// A value, so that a transaction that fails leaves no trace of itself in it.
struct NameNumbers {
    private var known: [String: Int64] = [:]

    /// The number of a name, which the `name` table has from then on.
    mutating func number(of text: String, in db: Database) throws -> Int64 {
        if let number = known[text] { return number }
        let found = try Int64.fetchOne(db, sql: "SELECT id FROM name WHERE text = ?", arguments: [text])
        if let found {
            known[text] = found
            return found
        }
        try db.execute(sql: "INSERT INTO name(text) VALUES (?)", arguments: [text])
        known[text] = db.lastInsertedRowID
        return db.lastInsertedRowID
    }
}
