import Foundation
import Imaging
import Testing

struct TextTests {
    private func written(_ text: String, height: Float = 20) -> PixelBuffer {
        var picture = PixelBuffer(width: 240, height: 48)
        picture.drawText(text, at: SIMD2(4, 4), height: height, color: .white)
        return picture
    }

    @Test("every printable character but the space leaves a mark of its own")
    func everyCharacter() {
        var seen: [[UInt8]: Character] = [:]
        for code in UInt8(33)...126 {
            let character = Character(UnicodeScalar(code))
            let picture = written(String(character))
            #expect(picture.bytes.contains { $0 > 200 }, "\(character) is not to be seen")
            let twin = seen.updateValue(character, forKey: picture.bytes)
            // As on a typewriter, the capital O is the zero.
            #expect(twin == nil || (twin == "0" && character == "O"), "\(character) looks like \(twin ?? " ")")
        }
        #expect(written(" ") == written(""))
    }

    @Test(
        "Latin letters keep their marks, as one character or several",
        arguments: ["éeèêëēė", "ÄAÀÂÃÅ", "íiìïî", "çc", "ñn", "žz", "ĎD", "őoöõ"])
    func marks(letters: String) {
        var seen: [[UInt8]: Character] = [:]
        for letter in letters {
            let picture = written(String(letter))
            #expect(picture == written(String(letter).decomposedStringWithCanonicalMapping))
            let twin = seen.updateValue(letter, forKey: picture.bytes)
            #expect(twin == nil, "\(letter) looks like \(twin ?? " ")")
        }
    }

    @Test("other Latin letters are spelled out, marks without a drawing left away, and the rest are question marks")
    func others() {
        #expect(written("Straße") == written("Strasse") && written("Łódź") == written("Lódź"))
        #expect(written("ả") == written("a") && written("ǿ") == written("ó"))
        #expect(written("蹲\u{1F938}я") == written("???"))
    }

    @Test("the width told is the width painted", arguments: [12, 20, 33] as [Float])
    func width(height: Float) {
        let picture = written("#3 squat 0.9", height: height)
        let columns = (0..<picture.width).filter { x in
            (0..<picture.height).contains { picture.bytes[$0 * picture.stride + x * 3] > 40 }
        }
        let told = PixelBuffer.textWidth("#3 squat 0.9", height: height)
        let right = Float(columns.last ?? 0) + 1 - 4
        #expect(right <= told + 0.5 && right > told - 0.25 * height)
        #expect((columns.first ?? 0) >= 4)
    }

    @Test("text stays between the line's top and bottom", arguments: [12, 20, 40] as [Float])
    func lineBox(height: Float) {
        let picture = written("ÄŐğçgjpqy|_@{", height: height)
        for y in 0..<picture.height where y < 4 || Float(y) >= 4 + height {
            let row = picture.bytes[y * picture.stride..<(y + 1) * picture.stride]
            #expect(row.allSatisfy { $0 < 40 }, "row \(y)")
        }
    }

    @Test("digits are all equally wide, so that a clock stands still")
    func tabularDigits() {
        let widths = Set("0123456789".map { PixelBuffer.textWidth(String($0), height: 20) })
        #expect(widths.count == 1)
    }
}
