import JSONLines
import Testing

@Suite struct JSONWriterTests {
    @Test(
        "numbers are rounded to 4 decimals in one form",
        arguments: [
            (0.0, "0"), (-0.00001, "0"), (1.0, "1"), (0.12345, "0.1235"), (-2.5, "-2.5"), (1234.56789, "1234.5679"),
            (0.0001, "0.0001"), (1e13, "10000000000000"), (1e20, "1e+20"), (.nan, "null"), (.infinity, "null"),
        ])
    func rounding(number: Double, gives text: String) {
        var writer = JSONWriter()
        writer.value(rounding: number)
        #expect(String(decoding: writer.bytes, as: UTF8.self) == text)
    }

    @Test("commas stand between members and elements and nowhere else")
    func commas() {
        var writer = JSONWriter()
        writer.openObject()
        writer.key("a")
        writer.openArray()
        writer.value(Int64.min)
        writer.value(UInt64.max)
        writer.openArray()
        writer.closeArray()
        writer.null()
        writer.closeArray()
        writer.key(quoting: "b\"")
        writer.openObject()
        writer.closeObject()
        writer.key("c")
        writer.value("x")
        writer.closeObject()
        writer.endLine()
        writer.openArray()
        writer.closeArray()
        #expect(
            String(decoding: writer.bytes, as: UTF8.self)
                == "{\"a\":[-9223372036854775808,18446744073709551615,[],null],\"b\\\"\":{},\"c\":\"x\"}\n[]")
    }
}
