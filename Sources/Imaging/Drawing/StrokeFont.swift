/// The lines that printable ASCII characters and Latin letters with marks are drawn with, on a grid 4 wide and 8 high: capitals reach from row 0 to
/// row 6, small letters from row 2, tails go down to row 8.
struct StrokeFont: Sendable {
    /// One character.
    struct Glyph: Sendable {
        /// Chains of points on the grid; a chain of one point twice is a dot.
        let strokes: [[SIMD2<Float>]]
        /// Grid columns from this character's left side to the next one's.
        let advance: Float
    }

    /// Rows of a line of text, with room above the capitals and below the tails.
    static let lineHeight: Float = 9.5
    /// Where in a line the capitals begin.
    static let top: Float = 0.75
    /// Thickness of the lines.
    static let weight: Float = 0.85

    static let shared = StrokeFont()

    private let glyphs: [Glyph]

    /// The glyph of a character; a question mark for what the font does not have.
    func glyph(for character: Character) -> Glyph {
        plain(character) ?? marked(character) ?? glyphs[Int(UInt8(ascii: "?")) - 32]
    }

    /// The glyph of a printable ASCII character.
    func plain(_ character: Character) -> Glyph? {
        guard let ascii = character.asciiValue, (32...126).contains(ascii) else { return nil }
        return glyphs[Int(ascii) - 32]
    }

    /// Strokes from column and row digits of their points.
    static func strokes(_ drawing: String) -> [[SIMD2<Float>]] {
        drawing.split(separator: " ").map { stroke in
            let digits = stroke.utf8.map { Float($0) - 48 }
            return stride(from: 0, to: digits.count - 1, by: 2).map { SIMD2(digits[$0], digits[$0 + 1]) }
        }
    }

    private init() {
        glyphs = Self.drawings.enumerated().map { index, drawing in
            let strokes = Self.strokes(drawing)
            let columns = strokes.joined().map(\.x)
            // Digits are all of one width, so that a running clock stands still.
            let isDigit = (16...25).contains(index)
            guard let left = columns.min(), let right = columns.max(), !isDigit else {
                return Glyph(strokes: strokes, advance: isDigit ? 6 : 4)
            }
            return Glyph(strokes: strokes.map { $0.map { $0 - SIMD2(left, 0) } }, advance: right - left + 2)
        }
    }

    /// From the space on, one text a character: strokes as column and row digits of their points.
    private static let drawings: [String] = [
        "",  // space
        "2024 2626",  // !
        "1012 3032",  // "
        "1016 3036 0242 0444",  // #
        "413010010213334445361605 2026",  // $
        "4006 0010110100 3545463635",  // %
        "4612112031320405162644",  // &
        "2022",  // '
        "30222436",  // (
        "10222416",  // )
        "2125 0244 0442",  // *
        "2125 0343",  // +
        "252617",  // ,
        "0343",  // -
        "2626",  // .
        "4006",  // /
        "103041453616050110",  // 0
        "112026 1636",  // 1
        "01103041420646",  // 2
        "0110304142334445361605 2333",  // 3
        "36300444",  // 4
        "400002324345361605",  // 5
        "413010010516364544331304",  // 6
        "004016",  // 7
        "103041423313020110 1304051636454433",  // 8
        "051636454130100102133342",  // 9
        "2222 2525",  // :
        "2222 252617",  // ;
        "410345",  // <
        "0242 0444",  // =
        "014305",  // >
        "01103041422324 2626",  // ?
        "4616050110304144242242",  // @
        "062046 1434",  // A
        "003041423303 3344453606 0006",  // B
        "4130100105163645",  // C
        "00204244260600",  // D
        "40000646 0333",  // E
        "400006 0333",  // F
        "41301001051636454323",  // G
        "0006 4046 0343",  // H
        "1030 2026 1636",  // I
        "4045361605",  // J
        "0006 4004 1346",  // K
        "000646",  // L
        "0600234046",  // M
        "06004640",  // N
        "103041453616050110",  // O
        "06003041423303",  // P
        "103041453616050110 2446",  // Q
        "06003041423303 2346",  // R
        "413010010213334445361605",  // S
        "0040 2026",  // T
        "000516364540",  // U
        "002640",  // V
        "0016233640",  // W
        "0046 4006",  // X
        "002340 2326",  // Y
        "00400646",  // Z
        "30101636",  // [
        "0046",  // \
        "10303616",  // ]
        "022042",  // ^
        "0747",  // _
        "1021",  // `
        "12324346 441405163645",  // a
        "0006 0312324345361605",  // b
        "4332120305163645",  // c
        "4046 4332120305163645",  // d
        "044443321203051636",  // e
        "40302126 1232",  // f
        "4247381807 4332120305163645",  // g
        "0006 0312324346",  // h
        "2226 2020",  // i
        "32372818 3030",  // j
        "0006 4205 1446",  // k
        "202536",  // l
        "0206 03122326 23324346",  // m
        "0206 0312324346",  // n
        "123243453616050312",  // o
        "0208 0312324345361605",  // p
        "4248 4332120305163645",  // q
        "0206 04223243",  // r
        "43321203143445361605",  // s
        "20253646 0242",  // t
        "0205163645 4246",  // u
        "022642",  // v
        "0216243642",  // w
        "0246 4206",  // x
        "0226 4218",  // y
        "02420646",  // z
        "30212213242536",  // {
        "2027",  // |
        "10212233242516",  // }
        "04133443",  // ~
    ]
}
