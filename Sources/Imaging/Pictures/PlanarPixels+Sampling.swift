import CSampling

extension PlanarPixels {
    /// Samples a square region; see `Picture.sample`. It is as if the picture had been converted to red, green and
    /// blue first, but for rounding.
    ///
    /// - Parameter usesVectors: false is for processors without them, and for comparison.
    package func sample(
        _ region: CropRegion, side: Int, range: ClosedRange<Float>, border: CropBorder,
        into tensor: UnsafeMutableBufferPointer<Float>, usesVectors: Bool = laban_can_sample_planes()
    ) {
        let walk = CropWalk(region, side: side)?.stored(orientation, width: width, height: height)
        let grid = PlanarGrid(self, range: range)
        withExtendedLifetime(owner) {
            if usesVectors {
                CropSampler(FastPlanarGrid(grid), range: range, border: border).fill(tensor, side: side, along: walk)
            } else {
                CropSampler(grid, range: range, border: border).fill(tensor, side: side, along: walk)
            }
        }
    }
}

/// Pixels in three planes, and how their values become tensor values.
private struct PlanarGrid: PixelGrid {
    let pixels: PlanarPixels
    let range: ClosedRange<Float>
    /// Gives tensor values.
    let colors: ColorConversion

    var width: Int { pixels.layout.width }
    var height: Int { pixels.layout.height }

    init(_ pixels: PlanarPixels, range: ClosedRange<Float>) {
        self.pixels = pixels
        self.range = range
        colors = pixels.colors.scaled(by: range.perByte, plus: range.lowerBound)
    }

    func color(_ x: Int, _ y: Int) -> SIMD3<Float> {
        let layout = pixels.layout
        let at = (y >> layout.rowShift) * layout.chromaStride + (x >> layout.columnShift)
        let (red, green, blue) = pixels.colors(
            Float(pixels.luma[y * layout.lumaStride + x]), Float(pixels.cb[at]), Float(pixels.cr[at]))
        return SIMD3(red, green, blue).clamped(lowerBound: .zero, upperBound: SIMD3(repeating: 255))
    }

    func interpolate(
        from start: SIMD2<Float>, step: SIMD2<Float>, columns: Range<Int>, into line: UnsafeMutablePointer<Float>
    ) {
        let layout = pixels.layout
        let highest = SIMD2(Float(width - 1), Float(height - 1))
        let lastColumn = Int32(width - 2)
        let lastRow = Int32(height - 2)
        let blockEnd = Int32((1 << layout.columnShift) - 1)
        for column in columns {
            let x = min(max(start.x + Float(column) * step.x, 0), highest.x)
            let y = min(max(start.y + Float(column) * step.y, 0), highest.y)
            let left = min(Int32(x), lastColumn)
            let top = min(Int32(y), lastRow)
            let right = x - Float(left)
            let down = y - Float(top)
            func mix(_ upper: UnsafePointer<UInt8>, _ lower: UnsafePointer<UInt8>, _ right: Float) -> Float {
                let above = Float(upper[0]) + right * (Float(upper[1]) - Float(upper[0]))
                let below = Float(lower[0]) + right * (Float(lower[1]) - Float(lower[0]))
                return above + down * (below - above)
            }
            let corner = pixels.luma + (Int(top) &* layout.lumaStride &+ Int(left))
            let luma = mix(corner, corner + layout.lumaStride, right)
            // A colour difference stands for its whole block: only at the block's end does the next one come in.
            let chromaRight = left & blockEnd == blockEnd ? right : 0
            let chromaColumn = Int(left) >> layout.columnShift
            let upper = (Int(top) >> layout.rowShift) &* layout.chromaStride &+ chromaColumn
            let lower = ((Int(top) &+ 1) >> layout.rowShift) &* layout.chromaStride &+ chromaColumn
            let (red, green, blue) = colors(
                luma, mix(pixels.cb + upper, pixels.cb + lower, chromaRight),
                mix(pixels.cr + upper, pixels.cr + lower, chromaRight))
            let output = line + column &* 3
            output[0] = min(max(red, range.lowerBound), range.upperBound)
            output[1] = min(max(green, range.lowerBound), range.upperBound)
            output[2] = min(max(blue, range.lowerBound), range.upperBound)
        }
    }
}

/// The same with the processor's vectors.
private struct FastPlanarGrid: PixelGrid {
    private let plain: PlanarGrid
    private let planes: laban_planes

    /// Samples that are taken at once, which must not be more than there are.
    private static let lanes = 8

    var width: Int { plain.width }
    var height: Int { plain.height }

    init(_ plain: PlanarGrid) {
        self.plain = plain
        planes = plain.pixels.planes(plain.colors, range: plain.range)
    }

    func color(_ x: Int, _ y: Int) -> SIMD3<Float> { plain.color(x, y) }

    func interpolate(
        from start: SIMD2<Float>, step: SIMD2<Float>, columns: Range<Int>, into line: UnsafeMutablePointer<Float>
    ) {
        guard columns.count >= Self.lanes else {
            return plain.interpolate(from: start, step: step, columns: columns, into: line)
        }
        withUnsafePointer(to: planes) { planes in
            laban_sample_planes(
                planes, start.x, start.y, step.x, step.y, Int32(columns.lowerBound), Int32(columns.count),
                line + columns.lowerBound * 3)
        }
    }
}
