import Imaging
import TestSupport
import Testing

@Suite("Planar pictures")
struct PlanarPixelsTests {
    private static let shifts = [(0, 0), (1, 0), (1, 1), (0, 1), (2, 0), (2, 2)]
    private static let orientations = [false, true].flatMap { swaps in
        [false, true].flatMap { columns in
            [false, true].map { rows in Orientation(swapsAxes: swaps, flipsColumns: columns, flipsRows: rows) }
        }
    }

    private func sample(
        _ picture: Picture, _ region: CropRegion, side: Int, range: ClosedRange<Float> = 0...255,
        border: CropBorder = .black
    ) -> [Float] {
        var values = [Float](repeating: .nan, count: side * side * 3)
        values.withUnsafeMutableBufferPointer {
            picture.sample(region, side: side, range: range, border: border, into: $0)
        }
        return values
    }

    private func region(in picture: Picture, using generator: inout SeededGenerator) -> CropRegion {
        let (width, height) = (Float(picture.width), Float(picture.height))
        return CropRegion(
            center: SIMD2(
                .random(in: -width / 2...width * 1.5, using: &generator),
                .random(in: -height / 2...height * 1.5, using: &generator)),
            side: .random(in: 1...2 * max(width, height), using: &generator),
            rotation: Bool.random(using: &generator) ? 0 : .random(in: -4...4, using: &generator))
    }

    @Test("every colour comes back out of luma and colour differences", arguments: ColorMatrix.allCases)
    func colors(matrix: ColorMatrix) throws {
        let (red, blue): (Float, Float) =
            switch matrix {
            case .bt601: (0.299, 0.114)
            case .bt709: (0.2126, 0.0722)
            case .bt2020: (0.2627, 0.0593)
            case .fcc: (0.3, 0.11)
            case .smpte240M: (0.212, 0.087)
            }
        for isFullRange in [false, true] {
            for color in [(0, 0, 0), (255, 255, 255), (255, 0, 0), (0, 255, 0), (0, 0, 255), (12, 200, 99)] {
                let (r, g, b) = (Float(color.0), Float(color.1), Float(color.2))
                let luma = red * r + (1 - red - blue) * g + blue * b
                let (cb, cr) = ((b - luma) / (2 - 2 * blue), (r - luma) / (2 - 2 * red))
                func byte(_ value: Float) -> UInt8 { UInt8(min(max(value.rounded(), 0), 255)) }
                let planes =
                    isFullRange
                    ? [byte(luma), byte(128 + cb), byte(128 + cr)]
                    : [
                        byte(16 + luma * 219 / 255), byte(128 + cb * 224 / 255), byte(128 + cr * 224 / 255),
                    ]
                let picture = try #require(
                    StoredPlanes(width: 4, height: 4) { plane, _ in planes[plane] }.pixels(
                        ColorConversion(matrix, isFullRange: isFullRange)))
                let bytes = picture.rgb().bytes.prefix(3).map { Float($0) }
                expectClose(bytes, [r, g, b], tolerance: 2, "\(matrix), full range \(isFullRange)")
            }
        }
    }

    @Test("a crop of the planes is a crop of the colours they make, however they lie", arguments: shifts)
    func cropsLikeColors(columnShift: Int, rowShift: Int) throws {
        var generator = SeededGenerator(seed: 5)
        for orientation in Self.orientations {
            // Muted colours, so that none is out of range.
            let planes = StoredPlanes(width: 61, height: 47, columnShift: columnShift, rowShift: rowShift) { plane, _ in
                .random(in: plane == 0 ? 70...170 : 112...144, using: &generator)
            }
            let pixels = try #require(planes.pixels(orientation: orientation))
            let picture = Picture.planar(pixels)
            #expect(picture.width == (orientation.swapsAxes ? 47 : 61) && picture.height == 108 - picture.width)
            let converted = Picture.interleaved(picture.rgb())
            for border in [CropBorder.edge, .black] {
                for _ in 0..<30 {
                    let region = region(in: picture, using: &generator)
                    expectClose(
                        sample(picture, region, side: 19, border: border),
                        sample(converted, region, side: 19, border: border), tolerance: 0.6,
                        "\(region), \(orientation), \(border)")
                }
            }
        }
    }

    @Test("vectors and plain loops agree", arguments: shifts)
    func vectorsAgree(columnShift: Int, rowShift: Int) throws {
        var generator = SeededGenerator(seed: 6)
        for (width, height) in [(2, 2), (3, 2), (5, 9), (64, 48), (131, 77)] {
            let planes = StoredPlanes(width: width, height: height, columnShift: columnShift, rowShift: rowShift) {
                _, _ in .random(in: 0...255, using: &generator)
            }
            let pixels = try #require(planes.pixels())
            for border in [CropBorder.edge, .black] {
                for _ in 0..<30 {
                    let region = region(in: .planar(pixels), using: &generator)
                    var plain = [Float](repeating: .nan, count: 21 * 21 * 3)
                    plain.withUnsafeMutableBufferPointer {
                        pixels.sample(region, side: 21, range: -1...1, border: border, into: $0, usesVectors: false)
                    }
                    // A thousandth of a pixel's way from black to white.
                    expectClose(
                        sample(.planar(pixels), region, side: 21, range: -1...1, border: border), plain,
                        tolerance: 2e-3, "\(width)x\(height), \(region), \(border)")
                    #expect(plain.allSatisfy { $0 >= -1 && $0 <= 1 })
                }
            }
        }
    }

    @Test("a picture of one pixel is sampled too")
    func onePixel() throws {
        let pixels = try #require(StoredPlanes(width: 1, height: 1) { plane, _ in plane == 0 ? 235 : 128 }.pixels())
        let values = sample(.planar(pixels), CropRegion(center: .zero, side: 4), side: 9, border: .edge)
        expectClose(values, Array(repeating: 255, count: values.count), tolerance: 0.01)
    }

    @Test("the brightness of cells is that of the colours the planes make, however they lie")
    func brightness() throws {
        for orientation in Self.orientations {
            let planes = StoredPlanes(width: 60, height: 48, columnShift: 1, rowShift: 1) { plane, at in
                plane == 0 ? UInt8(30 + at / 65 + at % 65) : 128
            }
            let picture = Picture.planar(try #require(planes.pixels(orientation: orientation)))
            let (columns, rows) = orientation.swapsAxes ? (4, 6) : (6, 4)
            let converted = Picture.interleaved(picture.rgb()).brightness(columns: columns, rows: rows)
            // Which of the rows are looked at depends on how they lie.
            expectClose(
                picture.brightness(columns: columns, rows: rows).map(Float.init), converted.map(Float.init),
                tolerance: 5, "\(orientation)")
            #expect(Set(converted).count > 12)
        }
    }

    @Test("a region that is no place at all gives black")
    func nowhere() throws {
        let pixels = try #require(StoredPlanes(width: 16, height: 16) { _, _ in 200 }.pixels())
        for broken in [Float.nan, .infinity, -.infinity] {
            let moved = CropRegion(center: SIMD2(broken, 0), side: 4)
            #expect(sample(.planar(pixels), moved, side: 8) == [Float](repeating: 0, count: 192))
        }
        for far in [1e10, 1e19, 1e30, 1e38] as [Float] {
            for side in [1e-3, 1, far] as [Float] {
                for center in [SIMD2(far, -far), SIMD2(-far, far), SIMD2(-far, 4)] {
                    let region = CropRegion(center: center, side: side, rotation: 1)
                    for border in [CropBorder.black, .edge] {
                        let values = sample(.planar(pixels), region, side: 16, border: border)
                        #expect(values.allSatisfy { $0.isFinite }, "\(region)")
                    }
                }
            }
        }
    }

    @Test("planes smaller than their layout says are refused")
    func tooSmall() {
        let planes = StoredPlanes(width: 10, height: 6, columnShift: 1, rowShift: 1) { _, _ in 0 }
        #expect(planes.pixels() != nil)
        for plane in 0..<3 { #expect(planes.pixels(missing: 1, ofPlane: plane) == nil) }
    }

    @Test("planes live as long as a picture shows them")
    func lifetime() throws {
        weak var kept: StoredPlanes?
        var picture: Picture?
        do {
            let planes = StoredPlanes(width: 8, height: 8) { plane, at in plane == 0 ? UInt8(at) : 128 }
            kept = planes
            picture = .planar(try #require(planes.pixels()))
        }
        #expect(kept != nil && picture?.rgb().width == 8)
        picture = nil
        #expect(kept == nil)
    }

    @Test("sampling allocates nothing")
    func allocatesNothing() throws {
        let pixels = try #require(
            StoredPlanes(width: 64, height: 48, columnShift: 1, rowShift: 1) { _, _ in 120 }.pixels())
        var values = [Float](repeating: 0, count: 32 * 32 * 3)
        let region = CropRegion(center: SIMD2(20, 20), side: 60, rotation: 0.3)
        expectAllocations(of: "sampling a crop of planes") {
            values.withUnsafeMutableBufferPointer {
                Picture.planar(pixels).sample(region, side: 32, range: 0...1, border: .black, into: $0)
            }
        }
    }
}

/// Planes in memory of their own, with room between the rows.
///
/// `@unchecked Sendable`: the memory is written to in `init` only.
private final class StoredPlanes: @unchecked Sendable {
    private let layout: PlanarPixels.Layout
    private let planes: [UnsafeMutableBufferPointer<UInt8>]

    init(
        width: Int, height: Int, columnShift: Int = 0, rowShift: Int = 0, _ value: (_ plane: Int, _ at: Int) -> UInt8
    ) {
        let chromaWidth = (width + (1 << columnShift) - 1) >> columnShift
        let chromaHeight = (height + (1 << rowShift) - 1) >> rowShift
        layout = PlanarPixels.Layout(
            width: width, height: height, columnShift: columnShift, rowShift: rowShift, lumaStride: width + 5,
            chromaStride: chromaWidth + 2)
        let sizes = [
            (height - 1) * (width + 5) + width, (chromaHeight - 1) * (chromaWidth + 2) + chromaWidth,
            (chromaHeight - 1) * (chromaWidth + 2) + chromaWidth,
        ]
        planes = sizes.enumerated().map { plane, size in
            let memory = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: size + PlanarPixels.padding)
            for at in memory.indices { memory[at] = value(plane, at) }
            return memory
        }
    }

    deinit {
        for plane in planes { plane.deallocate() }
    }

    func pixels(
        _ colors: ColorConversion = ColorConversion(.bt709, isFullRange: false), orientation: Orientation = .upright,
        missing: Int = 0, ofPlane short: Int = 0
    ) -> PlanarPixels? {
        let memory = planes.enumerated().map { plane, memory in
            UnsafeBufferPointer(rebasing: memory[..<(memory.count - (plane == short ? missing : 0))])
        }
        return PlanarPixels(
            layout: layout, luma: memory[0], cb: memory[1], cr: memory[2], colors: colors, orientation: orientation,
            owner: self)
    }
}
