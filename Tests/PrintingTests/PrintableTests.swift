import Foundation
import Printing
import TestSupport
import Testing

@Suite struct PrintableTests {
    /// Texts that a mutation turns into almost anything, with every kind of character that must not get through.
    static let attacks = [
        "\u{1B}]0;title\u{7}\u{1B}[2J\u{1B}[31mred", "a\nFAKE 00:00 action", "\u{9B}31m\u{9D}0;x\u{9C}",
        "\u{202E}gpj.exe",
        "\u{2028}line\u{2029}", "tab\tand\rreturn\r\n", "\u{7F}\u{0}\u{8}\u{8}",
        "\u{2066}\u{200F}\u{61C}\u{FEFF}\u{AD}",
        "e\u{200D}f\u{E0041}", "\u{E0001}\u{180E}\u{FFF9}", "=1+1\u{85}",
    ]

    /// Many texts made of those and of ordinary ones, all mutated.
    static func mutations(count: Int, seed: UInt64) -> [String] {
        var generator = SeededGenerator(seed: seed)
        return (0..<count).map { round in
            let text = attacks[round % attacks.count] + "größe 👩\u{200D}👧 \u{645}\u{200C}"
            return String(decoding: [UInt8](text.utf8).mutated(using: &generator), as: UTF8.self)
        }
    }

    /// Whether a byte for byte look finds no control character, U+0080…U+009F included, but those kept.
    static func isPlain(_ text: String, keeping kept: Set<UInt32> = []) -> Bool {
        text.unicodeScalars.allSatisfy { scalar in
            kept.contains(scalar.value)
                || scalar.value >= 0x20 && !(0x7F...0x9F).contains(scalar.value)
                    && ![0x2028, 0x2029, 0x202E, 0x2066, 0xFEFF].contains(scalar.value)
        }
    }

    @Test("no mutated text gets a control character through, in lines, texts of several or CSV")
    func property() throws {
        for text in Self.attacks + Self.mutations(count: 3_000, seed: 1) {
            #expect(Self.isPlain(text.printable), "\(text.debugDescription)")
            #expect(Self.isPlain(text.printableLines, keeping: [0x0A]))
            #expect(Self.isPlain(text.csvField))
            // What is printable stays as it is when it passes again.
            #expect(text.printable.printable == text.printable)
        }
    }

    @Test("JSON stays JSON that means the same")
    func json() throws {
        for text in Self.attacks + Self.mutations(count: 300, seed: 2) {
            let encoder = JSONEncoder()
            encoder.outputFormatting = .prettyPrinted
            let printed = String(decoding: try encoder.encode([text]), as: UTF8.self).printableJSON
            #expect(Self.isPlain(printed, keeping: [0x0A]), "\(text.debugDescription)")
            #expect(try JSONDecoder().decode([String].self, from: Data(printed.utf8)) == [text])
        }
    }

    @Test("what cannot be seen is shown by its escape")
    func escapes() {
        #expect("\u{1B}[31m\u{9B}\n\t\r\u{7F}\u{202E}".printable == #"\u{1B}[31m\u{9B}\n\t\r\u{7F}\u{202E}"#)
        #expect("a\nb\u{1B}".printableLines == "a\nb\\u{1B}")
        #expect("[\"\u{9B}\u{E0041}\"]".printableJSON == #"["\u009b\udb40\udc41"]"#)
    }

    @Test(
        "ordinary scripts and emoji stay as they are",
        arguments: [
            "Kniebeuge größer, Ünïcödé", "squat ✅ 100 %", "深蹲 スクワット 스쿼트", "приседание", "\u{645}\u{6CC}\u{200C}\u{62E}",
            "बैठक क्\u{200D}ष",
            "👩\u{200D}👩\u{200D}👧\u{200D}👦 ❤️\u{200D}🔥 👍🏽", "🏴\u{E0067}\u{E0062}\u{E0073}\u{E0063}\u{E0074}\u{E007F}",
            "🇩🇪 1️⃣ ☺️", "\u{600}١٢", "e\u{301}",
        ])
    func ordinary(text: String) {
        #expect(text.printable == text)
        #expect(text.printableJSON == text)
    }

    @Test("CSV fields are quoted where they must be, and formulas defused where asked for")
    func csv() {
        #expect("a, \"b\"".csvField == "\"a, \"\"b\"\"\"")
        #expect("a\nb".csvField == "a\\nb")
        for start in ["=", "+", "-", "@", "\t", "\r", "＝"] {
            #expect((start + "1").withoutFormula == "'" + start + "1")
        }
        for text in ["", "squat", "a=b", "1-2"] { #expect(text.withoutFormula == text) }
    }
}
