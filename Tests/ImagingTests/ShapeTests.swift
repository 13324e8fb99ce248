import Imaging
import TestSupport
import Testing

/// How much of each pixel is covered, 0…1, read from white paint on black.
private func coverage(_ picture: PixelBuffer) -> [Float] {
    stride(from: 0, to: picture.bytes.count, by: 3).map { Float(picture.bytes[$0]) / 255 }
}

private func painted(width: Int = 96, height: Int = 80, _ draw: (inout PixelBuffer) -> Void) -> PixelBuffer {
    var picture = PixelBuffer(width: width, height: height)
    draw(&picture)
    return picture
}

/// Coverage by asking at 8 × 8 points of each pixel whether they are inside.
private func sampledCoverage(
    width: Int = 96, height: Int = 80, isInside: (SIMD2<Float>) -> Bool
) -> [Float] {
    (0..<width * height).map { pixel in
        let corner = SIMD2(Float(pixel % width), Float(pixel / width))
        let hits = (0..<64).count { isInside(corner + (SIMD2(Float($0 % 8), Float($0 / 8)) + 0.5) / 8) }
        return Float(hits) / 64
    }
}

private func length(_ v: SIMD2<Float>) -> Float { (v * v).sum().squareRoot() }

struct ShapeTests {
    @Test("a capsule covers what the circles along its axis cover", arguments: 0..<12)
    func capsuleIsAHullOfCircles(seed: Int) {
        var random = SeededGenerator(seed: UInt64(seed))
        let start = SIMD2(Float.random(in: 25...70, using: &random), Float.random(in: 25...55, using: &random))
        let end = SIMD2(Float.random(in: 25...70, using: &random), Float.random(in: 25...55, using: &random))
        let radii = SIMD2(Float.random(in: 1...18, using: &random), Float.random(in: 1...18, using: &random))
        let picture = painted { $0.fillCapsule(from: start, to: end, radii: radii, color: .white) }
        let reference = sampledCoverage { point in
            (0...80).contains { step in
                let t = Float(step) / 80
                return length(point - start - (end - start) * t) <= radii.x + (radii.y - radii.x) * t
            }
        }
        expectClose(coverage(picture), reference, tolerance: 0.2, "seed \(seed)")
    }

    @Test("an ellipse covers what its equation says", arguments: 0..<12)
    func ellipseFollowsItsEquation(seed: Int) {
        var random = SeededGenerator(seed: UInt64(seed))
        let center = SIMD2(Float.random(in: 30...66, using: &random), Float.random(in: 30...50, using: &random))
        let radii = SIMD2(Float.random(in: 3...28, using: &random), Float.random(in: 3...28, using: &random))
        let picture = painted { $0.fillEllipse(center: center, radii: radii, angle: .pi / 2, color: .white) }
        let reference = sampledCoverage { point in
            // A quarter turn exchanges the radii.
            length((point - center) / SIMD2(radii.y, radii.x)) <= 1
        }
        expectClose(coverage(picture), reference, tolerance: 0.25, "seed \(seed)")
    }

    @Test("a polygon, hollows and crossings included, covers by the even-odd rule")
    func polygonIsEvenOdd() {
        let star = (0..<5).map {
            SIMD2(
                48 + 35 * [0, 0.588, -0.951, 0.951, -0.588][$0],
                40 + 35 * [-1, 0.809, -0.309, -0.309, 0.809][$0] as Float)
        }
        let picture = painted { $0.fillPolygon(star, color: .white) }
        let reference = sampledCoverage { point in
            var crossings = 0
            for (a, b) in zip(star, star.dropFirst() + star.prefix(1)) where (a.y <= point.y) != (b.y <= point.y) {
                if a.x + (point.y - a.y) / (b.y - a.y) * (b.x - a.x) > point.x { crossings += 1 }
            }
            return crossings % 2 == 1
        }
        let difference = zip(coverage(picture), reference).map { abs($0 - $1) }
        let sum = difference.reduce(Float(0), +)
        let area = reference.reduce(Float(0), +)
        // Distance tells little at a needle's tip, so a few pixels there may differ.
        #expect(difference.count { $0 > 0.25 } <= 12)
        #expect(sum < 0.02 * area)
        #expect(reference[40 * 96 + 48] == 0 && coverage(picture)[40 * 96 + 48] == 0, "the star's middle is hollow")
    }

    @Test("areas are those of geometry")
    func areas() {
        func area(_ draw: (inout PixelBuffer) -> Void) -> Float { coverage(painted(draw)).reduce(0, +) }
        func expectArea(_ a: Float, _ b: Float) { #expect(abs(a - b) < 0.01 * b, "\(a) against \(b)") }
        let pi = Float.pi
        expectArea(area { $0.fillCircle(center: SIMD2(45.3, 40.8), radius: 30, color: .white) }, pi * 900)
        expectArea(
            area { $0.fillEllipse(center: SIMD2(45.3, 40.8), radii: SIMD2(36, 14), angle: 0.7, color: .white) },
            pi * 36 * 14)
        expectArea(
            area { $0.strokeLine(from: SIMD2(20, 20), to: SIMD2(70, 50), width: 7, color: .white) },
            7 * Float(3400).squareRoot() + pi * 3.5 * 3.5)
        expectArea(
            area { $0.fillRectangle(from: SIMD2(10.5, 12), to: SIMD2(50.5, 42), color: .white) }, 40 * 30)
        expectArea(
            area { $0.fillPolygon([SIMD2(10, 10), SIMD2(80, 20), SIMD2(30, 70)], color: .white) }, 2_000)
        // A hair line is fainter, not wider.
        let hair = area { $0.strokeLine(from: SIMD2(10, 40.5), to: SIMD2(80, 40.5), width: 0.25, color: .white) }
        #expect((70 * 0.2...70 * 0.3).contains(hair))
    }

    @Test("a shape moved by whole pixels gives the same pixels moved")
    func translation() {
        func scene(_ by: SIMD2<Float>) -> PixelBuffer {
            painted(width: 120, height: 100) {
                $0.fillCapsule(
                    from: SIMD2(20.25, 20.5) + by, to: SIMD2(50.75, 40) + by, radii: SIMD2(8, 3), color: .white)
                $0.fillEllipse(
                    center: SIMD2(30, 50.5) + by, radii: SIMD2(12, 5), angle: 0.5, color: .white, opacity: 0.5)
                $0.fillPolygon([SIMD2(60, 20) + by, SIMD2(70, 45) + by, SIMD2(52, 40) + by], color: .white)
                $0.drawText("Ag7", at: SIMD2(20, 60) + by, height: 16, color: .white)
            }
        }
        let here = scene(.zero)
        let there = scene(SIMD2(32, 16))
        var moved = PixelBuffer(width: 120, height: 100)
        moved.paste(here, atColumn: 32, row: 16)
        #expect(moved == there)
        #expect(here != there)
    }

    @Test("opacity mixes paint with what was there")
    func opacity() {
        var picture = PixelBuffer(width: 8, height: 8, color: Color(100, 200, 0))
        picture.fillRectangle(from: SIMD2(0, 0), to: SIMD2(8, 8), color: Color(200, 0, 50), opacity: 0.5)
        #expect(Array(picture.bytes[84..<87]) == [150, 100, 25])
        let before = picture
        picture.fillRectangle(from: SIMD2(0, 0), to: SIMD2(8, 8), color: .white, opacity: 0)
        picture.fillCircle(center: SIMD2(4, 4), radius: 0, color: .white)
        #expect(picture == before)
    }

    @Test("shapes outside, across the edge, of any size or of no number never trap and never paint beyond")
    func hostileCoordinates() {
        var random = SeededGenerator(seed: 7)
        let wild: [Float] = [.nan, .infinity, -.infinity, 1e30, -1e30, 1e9, -1e9, 0, -5, 700, 1e-30, 31, 12]
        func any() -> Float { wild.randomElement(using: &random)! }
        func anywhere() -> SIMD2<Float> { SIMD2(any(), any()) }
        for _ in 0..<3_000 {
            var picture = PixelBuffer(width: 33, height: 21)
            picture.fillCapsule(from: anywhere(), to: anywhere(), radii: anywhere(), color: .white, opacity: any())
            picture.fillEllipse(center: anywhere(), radii: anywhere(), angle: any(), color: .white, opacity: any())
            picture.fillPolygon([anywhere(), anywhere(), anywhere(), anywhere()], color: .white, opacity: any())
            picture.fillRectangle(from: anywhere(), to: anywhere(), cornerRadius: any(), color: .white)
            picture.strokeLine(from: anywhere(), to: anywhere(), width: any(), color: .white)
            picture.drawText("x y", at: anywhere(), height: any(), color: .white)
            #expect(picture.bytes.count == 33 * 21 * 3)
        }
        var picture = PixelBuffer(width: 33, height: 21)
        picture.fillCircle(center: SIMD2(.nan, 5), radius: 5, color: .white)
        picture.fillCircle(center: SIMD2(-50, 5), radius: 5, color: .white)
        #expect(picture == PixelBuffer(width: 33, height: 21))
    }

    @Test("painting asks for no memory")
    func allocationFree() {
        var picture = PixelBuffer(width: 64, height: 64)
        expectAllocations(of: "painting shapes") {
            picture.fillCapsule(from: SIMD2(5, 5), to: SIMD2(50, 40), radii: SIMD2(5, 9), color: .white)
            picture.fillEllipse(center: SIMD2(30, 30), radii: SIMD2(9, 5), angle: 1, color: .white)
            picture.fillRectangle(from: SIMD2(3, 3), to: SIMD2(9, 9), color: .white)
        }
    }
}
