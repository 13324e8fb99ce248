/// What a crop shows where it reaches beyond the picture.
package enum CropBorder: Sendable {
    /// Black, as round a letter-box.
    case black
    /// The nearest pixel of the picture's edge.
    case edge
}

extension PixelBuffer {
    /// Samples a square region bilinearly into a float tensor of shape (side, side, 3).
    ///
    /// Tensor position i lies i / side along the region's edge, so the first sample is the region's corner itself.
    /// Nothing is averaged when the region is larger than the tensor, as in BlazePose's reference.
    ///
    /// - Parameters:
    ///   - region: the square to sample; it may reach beyond the picture or lie outside it altogether.
    ///   - side: samples along each edge of the tensor.
    ///   - range: the values that black and full brightness are mapped to.
    ///   - border: what lies beyond the picture's edge.
    ///   - tensor: receives side × side × 3 values, row by row.
    package func sample(
        _ region: CropRegion, side: Int, range: ClosedRange<Float>, border: CropBorder,
        into tensor: UnsafeMutableBufferPointer<Float>
    ) {
        precondition(tensor.count == side * side * 3, "a crop of side \(side) fills side × side × 3 values")
        let step = region.side / Float(side)
        let alongRow = region.xAxis * step
        let alongColumn = region.yAxis * step
        let corner = region.pixel(at: .zero)
        guard corner.x.isFinite, corner.y.isFinite, step.isFinite else {
            return tensor.update(repeating: range.lowerBound)
        }
        let source = Source(picture: self, range: range, border: border)
        bytes.withUnsafeBufferPointer { bytes in
            for row in 0..<side {
                let line = UnsafeMutableBufferPointer(rebasing: tensor[row * side * 3..<(row + 1) * side * 3])
                source.sampleRow(bytes, from: corner + Float(row) * alongColumn, step: alongRow, into: line)
            }
        }
    }
}

/// The picture being sampled: its size, and how bytes become values.
private struct Source {
    let width: Int
    let height: Int
    let stride: Int
    let scale: Float
    let offset: Float
    let border: CropBorder

    init(picture: PixelBuffer, range: ClosedRange<Float>, border: CropBorder) {
        width = picture.width
        height = picture.height
        stride = picture.stride
        scale = (range.upperBound - range.lowerBound) / 255
        offset = range.lowerBound
        self.border = border
    }

    /// One row of the tensor: plain interpolation where all four neighbours lie in the picture, care elsewhere.
    func sampleRow(
        _ bytes: UnsafeBufferPointer<UInt8>, from start: SIMD2<Float>, step: SIMD2<Float>,
        into line: UnsafeMutableBufferPointer<Float>
    ) {
        let columns = line.count / 3
        guard width > 1, height > 1 else {
            for column in 0..<columns { sampleAtBorder(bytes, at: start + Float(column) * step, into: line, column) }
            return
        }
        let inside = columnsInside(columns, from: start, step: step)
        mix(bytes, from: start, step: step, columns: inside, into: line)
        sampleOutside(bytes, from: start, step: step, columns: 0..<inside.lowerBound, into: line)
        sampleOutside(bytes, from: start, step: step, columns: inside.upperBound..<columns, into: line)
    }

    private func sampleOutside(
        _ bytes: UnsafeBufferPointer<UInt8>, from start: SIMD2<Float>, step: SIMD2<Float>, columns: Range<Int>,
        into line: UnsafeMutableBufferPointer<Float>
    ) {
        if border == .edge { return mixClamped(bytes, from: start, step: step, columns: columns, into: line) }
        for column in columns { sampleAtBorder(bytes, at: start + Float(column) * step, into: line, column) }
    }

    /// Bilinear interpolation at places that surely lie in the picture.
    private func mix(
        _ bytes: UnsafeBufferPointer<UInt8>, from start: SIMD2<Float>, step: SIMD2<Float>, columns: Range<Int>,
        into line: UnsafeMutableBufferPointer<Float>
    ) {
        let base = bytes.baseAddress!
        let output = line.baseAddress!
        for column in columns {
            let x = start.x + Float(column) * step.x
            let y = start.y + Float(column) * step.y
            let left = Int32(x)
            let top = Int32(y)
            let corner = base + (Int(top) &* stride &+ Int(left) &* 3)
            interpolate(corner, right: x - Float(left), down: y - Float(top), into: output + column &* 3)
        }
    }

    /// Bilinear interpolation at places moved into the picture.
    private func mixClamped(
        _ bytes: UnsafeBufferPointer<UInt8>, from start: SIMD2<Float>, step: SIMD2<Float>, columns: Range<Int>,
        into line: UnsafeMutableBufferPointer<Float>
    ) {
        let highest = SIMD2(Float(width - 1), Float(height - 1))
        let lastColumn = Int32(width - 2)
        let lastRow = Int32(height - 2)
        let base = bytes.baseAddress!
        let output = line.baseAddress!
        for column in columns {
            let x = min(max(start.x + Float(column) * step.x, 0), highest.x)
            let y = min(max(start.y + Float(column) * step.y, 0), highest.y)
            let left = min(Int32(x), lastColumn)
            let top = min(Int32(y), lastRow)
            let corner = base + (Int(top) &* stride &+ Int(left) &* 3)
            interpolate(corner, right: x - Float(left), down: y - Float(top), into: output + column &* 3)
        }
    }

    /// The mean of a pixel and its neighbours to the right and below, weighted by nearness, as tensor values.
    @inline(__always)
    private func interpolate(
        _ upper: UnsafePointer<UInt8>, right: Float, down: Float, into output: UnsafeMutablePointer<Float>
    ) {
        let lower = upper + stride
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

    /// The columns of a row whose four neighbours surely lie in the picture.
    private func columnsInside(_ columns: Int, from start: SIMD2<Float>, step: SIMD2<Float>) -> Range<Int> {
        var first: Float = 0
        var end = Float(columns)
        for (origin, slope, limit) in [(start.x, step.x, width), (start.y, step.y, height)] {
            let highest = Float(limit - 1) - 0.01
            if abs(slope) < 1e-6 {
                if origin < 0 || origin >= highest { return 0..<0 }
                continue
            }
            let atLow = -origin / slope
            let atHigh = (highest - origin) / slope
            first = max(first, min(atLow, atHigh))
            end = min(end, max(atLow, atHigh))
        }
        guard first < end else { return 0..<0 }
        let low = Int(first.rounded(.up)) + (first > 0 ? 1 : 0)
        let high = end < Float(columns) ? Int(max(0, end).rounded(.down)) - 1 : columns
        return low < high ? low..<high : 0..<0
    }

    private func sampleAtBorder(
        _ bytes: UnsafeBufferPointer<UInt8>, at point: SIMD2<Float>, into line: UnsafeMutableBufferPointer<Float>,
        _ column: Int
    ) {
        let far = SIMD2(Float(width), Float(height))
        if border == .black, point.x <= -1 || point.y <= -1 || point.x >= far.x || point.y >= far.y {
            for channel in 0..<3 { line[column * 3 + channel] = offset }
            return
        }
        let place = point.clamped(lowerBound: SIMD2(repeating: -2), upperBound: far + 1)
        let corner = place.rounded(.down)
        let part = place - corner
        let left = Int(corner.x)
        let top = Int(corner.y)
        for channel in 0..<3 {
            let a = value(bytes, left, top, channel)
            let b = value(bytes, left + 1, top, channel)
            let c = value(bytes, left, top + 1, channel)
            let d = value(bytes, left + 1, top + 1, channel)
            let above = a + part.x * (b - a)
            let below = c + part.x * (d - c)
            line[column * 3 + channel] = (above + part.y * (below - above)) * scale + offset
        }
    }

    private func value(_ bytes: UnsafeBufferPointer<UInt8>, _ x: Int, _ y: Int, _ channel: Int) -> Float {
        switch border {
        case .black:
            guard x >= 0, x < width, y >= 0, y < height else { return 0 }
            return Float(bytes[y * stride + x * 3 + channel])
        case .edge:
            let x = min(max(x, 0), width - 1)
            let y = min(max(y, 0), height - 1)
            return Float(bytes[y * stride + x * 3 + channel])
        }
    }
}
