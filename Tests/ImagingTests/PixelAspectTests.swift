import Imaging
import TestSupport
import Testing

@Suite("Pixels that are no squares")
struct PixelAspectTests {
    @Test("a picture in square pixels has the shape that its own make, and loses none of them")
    func shape() throws {
        var random = SeededGenerator(seed: 3)
        for _ in 0..<500 {
            let aspect = try #require(
                PixelAspect(Int.random(in: 1...7, using: &random), Int.random(in: 1...7, using: &random)))
            let width = Int.random(in: 50...1000, using: &random)
            let height = Int.random(in: 50...1000, using: &random)
            let (shownWidth, shownHeight) = aspect.squareSize(width: width, height: height)
            #expect(shownWidth >= width && shownHeight >= height)
            #expect(shownWidth == width || shownHeight == height)
            let shape = Double(shownWidth) / Double(shownHeight)
            #expect(abs(shape / (aspect.ratio * Double(width) / Double(height)) - 1) < 0.01)
        }
        #expect(try #require(PixelAspect(64, 45)).squareSize(width: 720, height: 576) == (1024, 576))
        #expect(try #require(PixelAspect(1281, 1280)).squareSize(width: 853, height: 480) == (853, 480))
    }

    @Test("no shape makes a picture too large, and none that is absurd is taken")
    func limits() throws {
        let (width, height) = try #require(PixelAspect(8, 1)).squareSize(width: 8192, height: 8192)
        #expect(width == 8192 && height == 1024)
        for (numerator, denominator) in [(0, 0), (1, 0), (0, 1), (-1, 1), (1_000_000, 1), (1, 9), (.max, .max - 1)] {
            let aspect = PixelAspect(numerator, denominator)
            #expect(aspect == nil || aspect?.isSquare == true, "\(numerator):\(denominator)")
        }
    }

    @Test("a picture fitted into a frame keeps its shape, between black bars")
    func fitted() {
        let white = PixelBuffer(width: 40, height: 10, color: Color(255, 255, 255))
        let frame = white.fitted(toWidth: 20, height: 20)
        #expect(frame.width == 20 && frame.height == 20)
        let rows = (0..<20).map { frame.bytes[$0 * frame.stride] }
        #expect(rows == Array(repeating: 0, count: 7) + Array(repeating: 255, count: 5) + Array(repeating: 0, count: 8))
        #expect(white.fitted(toWidth: 80, height: 20).bytes.allSatisfy { $0 == 255 })
        #expect(white.fitted(toWidth: 1, height: 1).width == 1)
    }
}
