/// Fills tensors with crops of one picture.
struct CropSampler<Grid: PixelGrid> {
    private let grid: Grid
    private let range: ClosedRange<Float>
    private let border: CropBorder

    init(_ grid: Grid, range: ClosedRange<Float>, border: CropBorder) {
        self.grid = grid
        self.range = range
        self.border = border
    }

    /// - Parameters:
    ///   - walk: where the samples lie in the grid; nil for nowhere, which gives black.
    ///   - side: samples along each edge of the tensor.
    ///   - tensor: receives side × side × 3 values, row by row.
    func fill(_ tensor: UnsafeMutableBufferPointer<Float>, side: Int, along walk: CropWalk?) {
        precondition(tensor.count == side * side * 3, "a crop of side \(side) fills side × side × 3 values")
        guard let walk else { return tensor.update(repeating: range.lowerBound) }
        for row in 0..<side {
            let line = UnsafeMutableBufferPointer(rebasing: tensor[row * side * 3..<(row + 1) * side * 3])
            fillRow(line, from: walk.start + Float(row) * walk.alongColumn, step: walk.alongRow)
        }
    }

    /// One row of the tensor: plain interpolation where that gives what is wanted, care elsewhere.
    private func fillRow(_ line: UnsafeMutableBufferPointer<Float>, from start: SIMD2<Float>, step: SIMD2<Float>) {
        let columns = line.count / 3
        if border == .black, isOutside(start, start + Float(columns - 1) * step) {
            return line.update(repeating: range.lowerBound)
        }
        var plain = 0..<0
        if grid.width > 1, grid.height > 1 {
            plain = border == .edge ? 0..<columns : columnsInside(columns, from: start, step: step)
        }
        if !plain.isEmpty { grid.interpolate(from: start, step: step, columns: plain, into: line.baseAddress!) }
        for column in 0..<plain.lowerBound { line.store(atBorder(start + Float(column) * step), at: column) }
        for column in plain.upperBound..<columns { line.store(atBorder(start + Float(column) * step), at: column) }
    }

    /// Whether both ends, and with them all between, lie beyond the same edge of the picture with no pixel near.
    private func isOutside(_ first: SIMD2<Float>, _ last: SIMD2<Float>) -> Bool {
        let low = pointwiseMin(first, last)
        let high = pointwiseMax(first, last)
        return high.x <= -1 || high.y <= -1 || low.x >= Float(grid.width) || low.y >= Float(grid.height)
    }

    /// The columns of a row whose four neighbours surely lie in the picture.
    private func columnsInside(_ columns: Int, from start: SIMD2<Float>, step: SIMD2<Float>) -> Range<Int> {
        var first: Float = 0
        var end = Float(columns)
        for (origin, slope, limit) in [(start.x, step.x, grid.width), (start.y, step.y, grid.height)] {
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

    /// The tensor's three values for a place that may lie anywhere.
    private func atBorder(_ point: SIMD2<Float>) -> SIMD3<Float> {
        if border == .black, isOutside(point, point) { return SIMD3(repeating: range.lowerBound) }
        let far = SIMD2(Float(grid.width), Float(grid.height))
        let place = point.clamped(lowerBound: SIMD2(repeating: -2), upperBound: far + 1)
        let corner = place.rounded(.down)
        let part = place - corner
        let (left, top) = (Int(corner.x), Int(corner.y))
        let above = mix(color(left, top), color(left + 1, top), part.x)
        let below = mix(color(left, top + 1), color(left + 1, top + 1), part.x)
        return mix(above, below, part.y) * range.perByte + range.lowerBound
    }

    private func color(_ x: Int, _ y: Int) -> SIMD3<Float> {
        let nearestX = min(max(x, 0), grid.width - 1)
        let nearestY = min(max(y, 0), grid.height - 1)
        if border == .black, nearestX != x || nearestY != y { return .zero }
        return grid.color(nearestX, nearestY)
    }

    private func mix(_ a: SIMD3<Float>, _ b: SIMD3<Float>, _ share: Float) -> SIMD3<Float> { a + share * (b - a) }
}

/// Where the samples of a crop lie in a picture's pixels.
struct CropWalk {
    var start: SIMD2<Float>
    /// From one sample of a row to the next.
    var alongRow: SIMD2<Float>
    /// From one row of samples to the next.
    var alongColumn: SIMD2<Float>

    /// nil for a region that is no place at all.
    init?(_ region: CropRegion, side: Int) {
        let step = region.side / Float(side)
        start = region.pixel(at: .zero)
        alongRow = region.xAxis * step
        alongColumn = region.yAxis * step
        guard start.x.isFinite, start.y.isFinite, step.isFinite else { return nil }
    }

    /// The same places before the picture of width × height pixels is turned to be shown.
    func stored(_ orientation: Orientation, width: Int, height: Int) -> CropWalk {
        var walk = self
        if orientation.flipsColumns {
            walk.start.x = Float(width - 1) - start.x
            walk.alongRow.x.negate()
            walk.alongColumn.x.negate()
        }
        if orientation.flipsRows {
            walk.start.y = Float(height - 1) - start.y
            walk.alongRow.y.negate()
            walk.alongColumn.y.negate()
        }
        guard orientation.swapsAxes else { return walk }
        walk.start = SIMD2(walk.start.y, walk.start.x)
        walk.alongRow = SIMD2(walk.alongRow.y, walk.alongRow.x)
        walk.alongColumn = SIMD2(walk.alongColumn.y, walk.alongColumn.x)
        return walk
    }
}

/// Pixels in rows and columns, and values between them.
protocol PixelGrid {
    var width: Int { get }
    var height: Int { get }

    /// Red, green and blue of a pixel of the picture, 0…255.
    func color(_ x: Int, _ y: Int) -> SIMD3<Float>

    /// Interpolates bilinearly at `start` + column · `step`, moved into the picture, as tensor values. The picture has at
    /// least 2 pixels each way.
    ///
    /// - Parameter line: a tensor's row of shape (side, 3), of which `columns` are written.
    func interpolate(
        from start: SIMD2<Float>, step: SIMD2<Float>, columns: Range<Int>, into line: UnsafeMutablePointer<Float>)
}

extension ClosedRange<Float> {
    /// What one of the 255 steps of a byte is worth in a tensor of this range.
    var perByte: Float { (upperBound - lowerBound) / 255 }
}

extension UnsafeMutableBufferPointer<Float> {
    fileprivate func store(_ color: SIMD3<Float>, at column: Int) {
        self[column * 3] = color.x
        self[column * 3 + 1] = color.y
        self[column * 3 + 2] = color.z
    }
}
