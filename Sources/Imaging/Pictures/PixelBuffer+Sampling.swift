extension PixelBuffer {
    /// Samples a square region; see `Picture.sample`.
    package func sample(
        _ region: CropRegion, side: Int, range: ClosedRange<Float>, border: CropBorder,
        into tensor: UnsafeMutableBufferPointer<Float>
    ) {
        bytes.withUnsafeBufferPointer { bytes in
            let grid = InterleavedGrid(
                width: width, height: height, stride: stride, bytes: bytes, scale: range.perByte,
                offset: range.lowerBound)
            CropSampler(grid, range: range, border: border)
                .fill(tensor, side: side, along: CropWalk(region, side: side))
        }
    }
}

/// Pixels of three bytes, and how bytes become tensor values.
private struct InterleavedGrid: PixelGrid {
    let width: Int
    let height: Int
    let stride: Int
    let bytes: UnsafeBufferPointer<UInt8>
    let scale: Float
    let offset: Float

    func color(_ x: Int, _ y: Int) -> SIMD3<Float> {
        let at = y * stride + x * 3
        return SIMD3(Float(bytes[at]), Float(bytes[at + 1]), Float(bytes[at + 2]))
    }

    func interpolate(
        from start: SIMD2<Float>, step: SIMD2<Float>, columns: Range<Int>, into line: UnsafeMutablePointer<Float>
    ) {
        let highest = SIMD2(Float(width - 1), Float(height - 1))
        let lastColumn = Int32(width - 2)
        let lastRow = Int32(height - 2)
        let base = bytes.baseAddress!
        for column in columns {
            let x = min(max(start.x + Float(column) * step.x, 0), highest.x)
            let y = min(max(start.y + Float(column) * step.y, 0), highest.y)
            let left = min(Int32(x), lastColumn)
            let top = min(Int32(y), lastRow)
            let right = x - Float(left)
            let down = y - Float(top)
            let upper = base + (Int(top) &* stride &+ Int(left) &* 3)
            let lower = upper + stride
            let output = line + column &* 3
            for channel in 0..<3 {
                let a = Float(upper[channel])
                let b = Float(upper[channel &+ 3])
                let c = Float(lower[channel])
                let d = Float(lower[channel &+ 3])
                let above = a + right * (b - a)
                let below = c + right * (d - c)
                output[channel] = (above + down * (below - above)) * scale + offset
            }
        }
    }
}
