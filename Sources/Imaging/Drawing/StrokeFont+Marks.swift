import Foundation

extension StrokeFont {
    /// The glyph of a Latin letter with marks, put together from the letter and them, or of a character that is spelled
    /// out; marks without a drawing are left away. Nil for everything else.
    func marked(_ character: Character) -> Glyph? {
        if let spelling = Self.spellings[character] { return spelled(spelling) }
        let parts = String(character).decomposedStringWithCanonicalMapping.unicodeScalars
        guard let first = parts.first else { return nil }
        let letter = Character(first)
        guard let base = plain(letter) ?? Self.spellings[letter].flatMap(spelled) else { return nil }
        let marks = parts.dropFirst()
        guard marks.allSatisfy({ $0.properties.generalCategory == .nonspacingMark }) else { return nil }
        var strokes = base.strokes
        if marks.contains(where: { Self.marksAbove[$0] != nil }) { strokes = Self.withRoomAbove(strokes, of: letter) }
        let shift = SIMD2((strokes.joined().map(\.x).max() ?? 0) / 2 - 2, 0)
        for mark in marks {
            guard let drawing = Self.marksAbove[mark] ?? Self.marksBelow[mark] else { continue }
            strokes += Self.strokes(drawing).map { $0.map { $0 + shift } }
        }
        let columns = strokes.joined().map(\.x)
        guard let left = columns.min(), let right = columns.max() else { return base }
        return Glyph(strokes: strokes.map { $0.map { $0 - SIMD2(left, 0) } }, advance: right - left + 2)
    }

    /// Several characters as one glyph.
    private func spelled(_ text: String) -> Glyph? {
        var strokes: [[SIMD2<Float>]] = []
        var advance: Float = 0
        for character in text {
            guard let glyph = plain(character) else { return nil }
            strokes += glyph.strokes.map { $0.map { $0 + SIMD2(advance, 0) } }
            advance += glyph.advance
        }
        return Glyph(strokes: strokes, advance: advance)
    }

    /// Small letters have room above, i and j in the place of their dot; tall ones are drawn lower.
    private static func withRoomAbove(_ strokes: [[SIMD2<Float>]], of letter: Character) -> [[SIMD2<Float>]] {
        if "ij".contains(letter) { return strokes.filter { $0.contains { $0.y > 1 } } }
        guard strokes.joined().contains(where: { $0.y < 2 }) else { return strokes }
        return strokes.map { $0.map { SIMD2($0.x, $0.y < 6 ? 2 + $0.y * 4 / 6 : $0.y) } }
    }

    /// Drawn over the letter's middle, which is column 2.
    private static let marksAbove: [Unicode.Scalar: String] = [
        "\u{300}": "1021",  // grave
        "\u{301}": "2130",  // acute
        "\u{302}": "112031",  // circumflex
        "\u{303}": "01103140",  // tilde
        "\u{304}": "1030",  // macron
        "\u{306}": "10113130",  // breve
        "\u{307}": "2020",  // dot
        "\u{308}": "1010 3030",  // diaeresis
        "\u{30A}": "1030311110",  // ring
        "\u{30B}": "1120 3140",  // double acute
        "\u{30C}": "102130",  // caron
    ]

    private static let marksBelow: [Unicode.Scalar: String] = [
        "\u{323}": "2828",  // dot
        "\u{326}": "2718",  // comma
        "\u{327}": "262718",  // cedilla
        "\u{328}": "262738",  // ogonek
    ]

    /// Latin letters that are no letter with a mark, and signs that stand for plainer ones.
    private static let spellings: [Character: String] = [
        "ß": "ss", "ẞ": "SS", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D",
        "ð": "d", "Ð": "D", "ł": "l", "Ł": "L", "þ": "th", "Þ": "Th", "ı": "i", "ħ": "h", "Ħ": "H", "‘": "'",
        "’": "'", "“": "\"", "”": "\"", "–": "-", "—": "-", "…": "...", "×": "x", "\u{A0}": " ",
    ]
}
