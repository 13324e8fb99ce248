extension Picture {
    /// Mean brightness, 0…255, of every cell of a grid laid over the picture, row by row: a coarse look that tells
    /// where something has changed.
    ///
    /// Every fourth row of a cell, as stored, is looked at, and all its columns; green stands for brightness where
    /// there is no luma.
    package func brightness(columns: Int, rows: Int) -> [UInt8] {
        precondition(columns > 0 && columns <= width && rows > 0 && rows <= height, "a cell holds at least one pixel")
        switch self {
        case .interleaved(let pixels):
            return pixels.bytes.withUnsafeBufferPointer { bytes in
                ByteGrid(start: bytes.baseAddress! + 1, step: 3, stride: pixels.stride, width: width, height: height)
                    .means(columns: columns, rows: rows)
            }
        case .planar(let planes): return planes.brightness(columns: columns, rows: rows)
        }
    }
}

extension PlanarPixels {
    fileprivate func brightness(columns: Int, rows: Int) -> [UInt8] {
        let (storedColumns, storedRows) = orientation.swapsAxes ? (rows, columns) : (columns, rows)
        let stored = withExtendedLifetime(owner) {
            ByteGrid(start: luma, step: 1, stride: layout.lumaStride, width: layout.width, height: layout.height)
                .means(columns: storedColumns, rows: storedRows)
        }
        // Greys have both colour differences at 128.
        let bright = stored.map { mean in
            UInt8(min(max(colors(Float(mean), 128, 128).green.rounded(), 0), 255))
        }
        if orientation == .upright { return bright }
        return (0..<rows * columns).map { cell in
            let row = orientation.flipsRows ? rows - 1 - cell / columns : cell / columns
            let column = orientation.flipsColumns ? columns - 1 - cell % columns : cell % columns
            return orientation.swapsAxes ? bright[column * storedColumns + row] : bright[row * storedColumns + column]
        }
    }
}

/// Bytes in rows and columns, `step` apart in a row and `stride` from row to row.
private struct ByteGrid {
    let start: UnsafePointer<UInt8>
    let step: Int
    let stride: Int
    let width: Int
    let height: Int

    /// Mean of every cell, row by row, of which every fourth row is looked at.
    func means(columns: Int, rows: Int) -> [UInt8] {
        (0..<rows * columns).map { cell in
            let row = cell / columns
            let column = cell % columns
            let x = column * width / columns..<(column + 1) * width / columns
            var sum = 0
            var count = 0
            for y in Swift.stride(from: row * height / rows, to: (row + 1) * height / rows, by: 4) {
                let line = start + y * stride
                for x in x { sum += Int(line[x * step]) }
                count += x.count
            }
            return UInt8(sum / count)
        }
    }
}
