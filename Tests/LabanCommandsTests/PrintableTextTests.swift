import LabanCommands
import Testing

@Suite("What a terminal gets")
struct PrintableTextTests {
    private static let hostile = "gym\u{1B}[2J\nError: \u{202E}done"

    @Test("what is put into a text can neither steer a screen nor begin a line")
    func interpolation() {
        let text: PrintableText = "Left out: \(Self.hostile)\n"
        #expect(text.description.hasPrefix("Left out: gym") && text.description.hasSuffix("done\n"))
        #expect(text.description.split(separator: "\n").count == 1)
        #expect(!text.description.unicodeScalars.contains { $0 == "\u{1B}" || $0 == "\u{202E}" })
    }

    @Test("of an error with several lines those after the first are set in")
    func lines() {
        let text: PrintableText = "Error: \(lines: "one\ntwo\nthree")\n"
        #expect(text.description == "Error: one\n  two\n  three\n")
    }

    @Test("texts that are printable are put together as they are")
    func sums() {
        let inner: PrintableText = "a\n"
        let text: PrintableText = "1 \(inner)"
        #expect(text.description == "1 a\n" && (text + inner).description == "1 a\na\n")
    }

    @Test("a table aligns its columns, and a cell stays on its line")
    func table() {
        var table = TextTable([("WHAT", .left), ("TIMES", .right)])
        table.append(["squat", "12"])
        table.append(["a\nb", "3"])
        let lines = table.text.split(separator: "\n")
        #expect(lines.count == 3 && lines[0] == "WHAT   TIMES" && lines[1] == "squat     12")
    }
}
