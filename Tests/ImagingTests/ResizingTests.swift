import Imaging
import TestSupport
import Testing

struct ResizingTests {
    private func noise(width: Int, height: Int, seed: UInt64) -> PixelBuffer {
        var random = SeededGenerator(seed: seed)
        return PixelBuffer(
            width: width, height: height,
            bytes: (0..<width * height * 3).map { _ in UInt8.random(in: 0...255, using: &random) })
    }

    @Test("a picture of one colour keeps it at every size")
    func constant() {
        let color = Color(13, 200, 255)
        let picture = PixelBuffer(width: 37, height: 23, color: color)
        for (width, height) in [(1, 1), (5, 50), (37, 23), (36, 24), (100, 7), (300, 301)] {
            let resized = picture.resized(toWidth: width, height: height)
            #expect(resized == PixelBuffer(width: width, height: height, color: color), "\(width)x\(height)")
        }
    }

    @Test("halving averages four pixels")
    func halving() {
        let picture = noise(width: 40, height: 26, seed: 3)
        let half = picture.resized(toWidth: 20, height: 13)
        for y in 0..<13 {
            for i in 0..<60 {
                let at = y * 2 * picture.stride + i / 3 * 6 + i % 3
                let sum = [0, 3, picture.stride, picture.stride + 3].reduce(0) { $0 + Int(picture.bytes[at + $1]) }
                #expect(abs(Int(half.bytes[y * 60 + i]) - (sum + 2) / 4) <= 1)
            }
        }
    }

    @Test("an odd reduction keeps the mean brightness")
    func meanIsKept() {
        let picture = noise(width: 101, height: 67, seed: 5)
        let small = picture.resized(toWidth: 31, height: 12)
        func mean(_ picture: PixelBuffer) -> Double {
            picture.bytes.reduce(0) { $0 + Double($1) } / Double(picture.bytes.count)
        }
        #expect(abs(mean(picture) - mean(small)) < 1)
    }

    @Test("a ramp stays a ramp when it grows")
    func ramp() {
        let picture = PixelBuffer(width: 11, height: 1, bytes: (0..<33).map { UInt8($0 / 3 * 20) })
        let large = picture.resized(toWidth: 44, height: 3)
        for x in 2..<42 {
            let expected = ((Double(x) + 0.5) / 4 - 0.5) * 20
            #expect(abs(Double(large.bytes[x * 3]) - expected) <= 1)
        }
    }

    @Test("pasting cuts off what does not fit")
    func pasting() {
        let picture = noise(width: 9, height: 7, seed: 1)
        for (column, row) in [(-4, -3), (12, 8), (3, 2), (-20, 0), (0, 99)] {
            var target = PixelBuffer(width: 15, height: 11)
            target.paste(picture, atColumn: column, row: row)
            for y in 0..<11 {
                for x in 0..<15 {
                    let inside = (0..<9).contains(x - column) && (0..<7).contains(y - row)
                    let expected = inside ? picture.bytes[(y - row) * 27 + (x - column) * 3] : 0
                    #expect(target.bytes[y * 45 + x * 3] == expected)
                }
            }
        }
    }

    @Test("a contact sheet holds every picture in its place")
    func contactSheet() throws {
        var sheet = ContactSheet(columns: 3, tileWidth: 20)
        #expect(sheet.rendered() == nil)
        for i in 0..<5 {
            sheet.append(PixelBuffer(width: 40, height: 30, color: Color(UInt8(50 * i), 0, 255)), caption: "no \(i)")
        }
        let picture = try #require(sheet.rendered())
        #expect(picture.width == 3 * 26 + 6)
        #expect(picture.height == 2 * (15 + 20 + 6) + 6)
        for i in 0..<5 {
            let x = 6 + i % 3 * 26 + 10
            let y = 6 + i / 3 * 41 + 7
            let at = y * picture.stride + x * 3
            #expect(Array(picture.bytes[at..<at + 3]) == [UInt8(50 * i), 0, 255])
        }
    }
}
