import Recordings
import TestSupport
import Testing

@Suite struct CSVTableTests {
    @Test("quotes, line ends of either kind, empty lines and a byte order mark are understood")
    func reading() throws {
        let text = "\u{FEFF}a,b\r\n1,\"two, \"\"2\"\"\nlines\"\n\n\"\",x\r\ny,"
        let table = try CSVTable([UInt8](text.utf8), file: "t.csv")
        #expect(table.columns == ["a", "b"])
        #expect(table.rows == [["1", "two, \"2\"\nlines"], ["", "x"], ["y", ""]])
        #expect(table.lines == [2, 5, 6])
        #expect(table.attributes(row: 0) == ["a": "1", "b": "two, \"2\"\nlines"])
    }

    @Test(
        "faults name the line",
        arguments: [
            ("", 1, "expected a line of column names"), ("a,b\n1\n", 2, "expected 2 fields, found 1"),
            ("a\n1\n\"x\ny\n", 3, "expected the end of a quoted field"),
        ])
    func faults(text: String, line: Int, message: String) {
        let error = #expect(throws: RecordingsError.self) { try CSVTable([UInt8](text.utf8), file: "t.csv") }
        #expect(error?.line == line)
        #expect(error?.message.contains(message) == true)
    }

    @Test("1,000 mutated tables are read or refused")
    func mutated() {
        var generator = SeededGenerator(seed: 2)
        let text = [UInt8]("file,label\nday.jsonl,\"sit, \"\"down\"\"\"\nnight.jsonl,é\n".utf8)
        var refused = 0
        for _ in 0..<1_000 {
            do {
                let table = try CSVTable(text.mutated(using: &generator), file: "t.csv")
                #expect(table.rows.allSatisfy { $0.count == table.columns.count })
            } catch {
                refused += 1
            }
        }
        #expect(refused > 100)
    }
}
