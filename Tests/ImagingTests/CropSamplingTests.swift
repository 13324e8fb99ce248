import Imaging
import TestSupport
import Testing

@Suite("Crop sampling")
struct CropSamplingTests {
    private func sample(
        _ pixels: PixelBuffer, _ region: CropRegion, side: Int, range: ClosedRange<Float> = 0...255,
        border: CropBorder = .black
    ) -> [Float] {
        var values = [Float](repeating: .nan, count: side * side * 3)
        values.withUnsafeMutableBufferPointer {
            pixels.sample(region, side: side, range: range, border: border, into: $0)
        }
        return values
    }

    /// A picture whose channels are planes: bilinear interpolation must give the plane's value anywhere inside.
    private func slopes(width: Int, height: Int) -> PixelBuffer {
        var bytes: [UInt8] = []
        for y in 0..<height {
            for x in 0..<width { bytes += [UInt8(x), UInt8(2 * y), UInt8(x + y)] }
        }
        return PixelBuffer(width: width, height: height, bytes: bytes)
    }

    @Test("a region as large as the picture gives its very bytes")
    func identity() {
        var generator = SeededGenerator(seed: 1)
        let bytes = (0..<16 * 16 * 3).map { _ in UInt8.random(in: 0...255, using: &generator) }
        let pixels = PixelBuffer(width: 16, height: 16, bytes: bytes)
        let values = sample(pixels, CropRegion(holding: .interleaved(pixels)), side: 16)
        #expect(values == bytes.map(Float.init))
    }

    @Test("a plane stays a plane under any turn and size")
    func planes() {
        let pixels = slopes(width: 120, height: 100)
        var generator = SeededGenerator(seed: 2)
        for _ in 0..<50 {
            let region = CropRegion(
                center: SIMD2(.random(in: 45...70, using: &generator), .random(in: 45...55, using: &generator)),
                side: .random(in: 5...55, using: &generator), rotation: .random(in: -4...4, using: &generator))
            let side = 17
            var expected: [Float] = []
            for row in 0..<side {
                for column in 0..<side {
                    let place = region.pixel(at: SIMD2(Float(column), Float(row)) / Float(side))
                    expected += [place.x, 2 * place.y, place.x + place.y]
                }
            }
            expectClose(sample(pixels, region, side: side), expected, tolerance: 1e-3, "\(region)")
        }
    }

    @Test("values are mapped to the range asked for")
    func range() {
        let white = PixelBuffer(width: 8, height: 8, color: .white)
        let region = CropRegion(center: SIMD2(3, 3), side: 4)
        #expect(sample(white, region, side: 2, range: -1...1) == [Float](repeating: 1, count: 12))
        let black = PixelBuffer(width: 8, height: 8)
        #expect(sample(black, region, side: 2, range: -1...1) == [Float](repeating: -1, count: 12))
    }

    @Test("beyond the picture lies black or the edge, as asked")
    func borders() {
        let pixels = PixelBuffer(width: 8, height: 8, color: Color(100, 150, 200))
        let beside = CropRegion(center: SIMD2(-20, 4), side: 4)
        #expect(sample(pixels, beside, side: 2, border: .black) == [Float](repeating: 0, count: 12))
        let edge = sample(pixels, beside, side: 2, border: .edge)
        #expect(edge == [100, 150, 200, 100, 150, 200, 100, 150, 200, 100, 150, 200])
        // Halfway between the last pixel and the black beyond.
        let half = CropRegion(center: SIMD2(7.5, 3), side: 1e-4)
        #expect(abs(sample(pixels, half, side: 1, border: .black)[0] - 50) < 0.1)
    }

    @Test("the border is met at the same place whatever the turn")
    func edgesAgree() {
        // The quick way inside and the careful way at the border must meet without a seam.
        let pixels = slopes(width: 60, height: 60)
        var generator = SeededGenerator(seed: 3)
        for _ in 0..<200 {
            let region = CropRegion(
                center: SIMD2(.random(in: -20...80, using: &generator), .random(in: -20...80, using: &generator)),
                side: .random(in: 1...120, using: &generator), rotation: .random(in: -4...4, using: &generator))
            let side = 9
            var expected: [Float] = []
            for row in 0..<side {
                for column in 0..<side {
                    let place = region.pixel(at: SIMD2(Float(column), Float(row)) / Float(side))
                        .clamped(lowerBound: .zero, upperBound: SIMD2(59, 59))
                    expected += [place.x, 2 * place.y, place.x + place.y]
                }
            }
            expectClose(sample(pixels, region, side: side, border: .edge), expected, tolerance: 2e-3, "\(region)")
        }
    }

    @Test("a region that is no place at all gives black")
    func nowhere() {
        let pixels = PixelBuffer(width: 8, height: 8, color: .white)
        for broken in [Float.nan, .infinity, -.infinity] {
            let moved = CropRegion(center: SIMD2(broken, 0), side: 4)
            #expect(sample(pixels, moved, side: 2) == [Float](repeating: 0, count: 12))
            let sized = CropRegion(center: .zero, side: broken)
            #expect(sample(pixels, sized, side: 2) == [Float](repeating: 0, count: 12))
        }
        for far in [1e10, 1e19, 1e30, 1e38] as [Float] {
            for side in [1e-3, 1, far] as [Float] {
                for center in [SIMD2(far, -far), SIMD2(-far, far), SIMD2(-far, 4)] {
                    let region = CropRegion(center: center, side: side, rotation: 1)
                    #expect(sample(pixels, region, side: 2, border: .black).allSatisfy { $0.isFinite })
                    #expect(sample(pixels, region, side: 2, border: .edge).allSatisfy { $0.isFinite })
                }
            }
        }
    }

    @Test("places survive the way into a region and back")
    func roundTrip() {
        var generator = SeededGenerator(seed: 4)
        for _ in 0..<200 {
            let region = CropRegion(
                center: SIMD2(.random(in: 0...1000, using: &generator), .random(in: 0...1000, using: &generator)),
                side: .random(in: 10...500, using: &generator), rotation: .random(in: -7...7, using: &generator))
            let unit = SIMD2(Float.random(in: -1...2, using: &generator), .random(in: -1...2, using: &generator))
            let back = region.unit(at: region.pixel(at: unit))
            expectClose([back.x, back.y], [unit.x, unit.y], tolerance: 1e-3, "\(region)")
        }
    }

    @Test("the letter-box of a wide picture puts its corners where they belong")
    func letterBox() {
        let region = CropRegion(holding: .interleaved(PixelBuffer(width: 200, height: 100)))
        #expect(region.unit(at: SIMD2(0, 0)) == SIMD2(0, 0.25))
        #expect(region.unit(at: SIMD2(200, 100)) == SIMD2(1, 0.75))
    }

    @Test("sampling allocates nothing")
    func allocatesNothing() {
        let pixels = PixelBuffer(width: 64, height: 48, color: .white)
        var values = [Float](repeating: 0, count: 32 * 32 * 3)
        let region = CropRegion(center: SIMD2(20, 20), side: 60, rotation: 0.3)
        expectAllocations(of: "sampling a crop of pixels") {
            values.withUnsafeMutableBufferPointer {
                pixels.sample(region, side: 32, range: 0...1, border: .edge, into: $0)
            }
        }
    }
}
