import Foundation
import JSONLines
import TestSupport
import Testing

@Suite struct JSONScannerTests {
    @Test("numbers read as the library reads them")
    func numbers() throws {
        var generator = SeededGenerator(seed: 3)
        var texts = ["0", "-0", "1e5", "0.1", "123456789012345678901234567890", "1E-300", "9007199254740993", "4e-324"]
        for _ in 0..<2_000 {
            let number = Double(bitPattern: generator.next())
            if number.isFinite { texts.append("\(number)") }
            texts.append(String(format: "%.4f", Double.random(in: -100...100, using: &generator)))
        }
        for text in texts {
            var scanner = JSONScanner([UInt8](text.utf8))
            #expect(try scanner.readNumber() == Double(text), "\(text)")
            try scanner.expectEnd()
        }
    }

    @Test("whole numbers keep all 64 bits", arguments: [0, -1, 9_007_199_254_740_993, Int64.max, Int64.min])
    func integers(number: Int64) throws {
        var scanner = JSONScanner([UInt8](" \(number) ".utf8))
        #expect(try scanner.readInteger() == number)
    }

    @Test("what is no number is refused", arguments: ["", "-", ".5", "1.", "1e", "+1", "NaN", "1e999", "0x1"])
    func notNumbers(text: String) {
        var scanner = JSONScanner([UInt8](text.utf8))
        #expect(throws: JSONFault.self) {
            _ = try scanner.readNumber()
            try scanner.expectEnd()
        }
    }

    @Test("strings come back with their escapes undone")
    func strings() throws {
        for text in ["", "plain", "é😀", "a\"b\\c\n\t\u{0}", "\u{7F}/"] {
            var writer = JSONWriter()
            writer.value(text)
            var scanner = JSONScanner(writer.bytes)
            #expect(try scanner.readString() == text)
            #expect(try JSONDecoder().decode(String.self, from: Data(writer.bytes)) == text)
        }
        var escaped = JSONScanner([UInt8](#""\ud83d\ude00\/""#.utf8))
        #expect(try escaped.readString() == "😀/")
        var broken = JSONScanner([UInt8](#""\ud83d""#.utf8))
        #expect(throws: JSONFault.self) { try broken.readString() }
        var notText = JSONScanner([0x22, 0xFF, 0x22])
        #expect(throws: JSONFault.self) { try notText.readString() }
    }

    @Test("a fault tells the place, what was expected and what was found")
    func faults() {
        var scanner = JSONScanner([UInt8](#"{"a" 1}"#.utf8))
        let fault = #expect(throws: JSONFault.self) { try scanner.skipValue() }
        #expect(fault?.sentence == "expected ':', found '1}' at byte 6")
    }

    @Test("a file that is one object has no fault, and columns count characters")
    func files() {
        #expect(
            JSONFileFault([0xEF, 0xBB, 0xBF] + [UInt8](#"{"a": [1, {"a": "é\n"}, null], "b": true} "#.utf8)) == nil)
        let fault = JSONFileFault([UInt8]("{\"é\":\r\n\"é\", x".utf8))
        #expect(fault?.line == 2 && fault?.column == 6, "\(String(describing: fault))")
        #expect(fault?.message == "expected a string, found 'x'")
        #expect(JSONFileFault([UInt8](String(repeating: #"{"a":"#, count: 100_000).utf8)) != nil)
        #expect(JSONFileFault([UInt8](#"{"a": NaN}"#.utf8))?.message == "expected a value, found 'NaN}'")
    }

    @Test("2,000 mutated texts are read or refused as the library does, and never crash")
    func mutated() {
        var generator = SeededGenerator(seed: 5)
        let text = [UInt8](#"{"a":[1,-2.5e3,"x\n",null,true,false,{"b":{}}],"c":"é","d":[[],[0.25]]}"#.utf8)
        var accepted = 0
        for _ in 0..<2_000 {
            var bytes = text
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                let place = Int.random(in: bytes.indices, using: &generator)
                switch Int.random(in: 0..<3, using: &generator) {
                case 0: bytes[place] = .random(in: 0x20...0x7E, using: &generator)
                case 1: bytes.remove(at: place)
                default: bytes.insert(text[place % text.count], at: place)
                }
            }
            let isRead = reads(bytes)
            if isRead { accepted += 1 }
            // The library is stricter on two points that do no harm: leading zeros and unknown escapes.
            if (try? JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed)) != nil {
                #expect(isRead, "\(String(decoding: bytes, as: UTF8.self))")
            }
        }
        #expect(accepted > 0)
    }

    private func reads(_ bytes: [UInt8]) -> Bool {
        var scanner = JSONScanner(bytes)
        do {
            try scanner.skipValue()
            try scanner.expectEnd()
            return true
        } catch {
            return false
        }
    }
}
