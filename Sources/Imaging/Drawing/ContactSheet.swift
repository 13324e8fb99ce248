/// Many small pictures with captions on one sheet, so that a person sees at a glance what a program did.
package struct ContactSheet: Sendable {
    /// Pictures side by side.
    package var columns: Int
    /// Width of each, in pixels; heights follow the pictures' own shapes.
    package var tileWidth: Int
    private var tiles: [(picture: PixelBuffer, caption: String)] = []

    package init(columns: Int = 4, tileWidth: Int = 320) {
        precondition(columns > 0 && tileWidth > 0, "a sheet has at least one column, a tile at least one pixel")
        self.columns = columns
        self.tileWidth = tileWidth
    }

    /// Adds a picture, kept in the tile's size only.
    package mutating func append(_ picture: PixelBuffer, caption: String = "") {
        // A picture that is a mere line would make a sheet of any height.
        let height = min(max(1, picture.height * tileWidth / picture.width), tileWidth * 8)
        tiles.append((picture.resized(toWidth: tileWidth, height: height), caption))
    }

    /// The sheet, row by row from the top left; nil when there is no picture.
    package func rendered() -> PixelBuffer? {
        guard !tiles.isEmpty else { return nil }
        let gap = 6
        let captionHeight = tiles.contains { !$0.caption.isEmpty } ? 20 : 0
        let used = min(columns, tiles.count)
        let starts = stride(from: 0, to: tiles.count, by: columns)
        let rows = starts.map { tiles[$0..<min($0 + columns, tiles.count)] }
        let heights = rows.map { row in row.map(\.picture.height).max()! + captionHeight }
        var sheet = PixelBuffer(
            width: used * (tileWidth + gap) + gap, height: heights.reduce(gap) { $0 + $1 + gap },
            color: Color(24, 24, 28))
        var top = gap
        for (row, height) in zip(rows, heights) {
            for (column, tile) in row.enumerated() {
                let left = gap + column * (tileWidth + gap)
                sheet.paste(tile.picture, atColumn: left, row: top)
                if captionHeight > 0 {
                    let place = SIMD2(Float(left), Float(top + tile.picture.height + 2))
                    sheet.drawText(
                        tile.caption, at: place, fitting: Float(tileWidth), height: 17, color: Color(230, 230, 230))
                }
            }
            top += height + gap
        }
        return sheet
    }
}

extension PixelBuffer {
    /// Copies a picture in, its top left pixel at `column`, `row`; what does not fit is left out.
    package mutating func paste(_ picture: PixelBuffer, atColumn column: Int, row: Int) {
        let columns = max(0, column)..<max(0, column, min(width, column + picture.width))
        let rows = max(0, row)..<max(0, row, min(height, row + picture.height))
        guard !columns.isEmpty else { return }
        let (stride, length) = (stride, columns.count * 3)
        picture.bytes.withUnsafeBufferPointer { source in
            bytes.withUnsafeMutableBufferPointer { target in
                for y in rows {
                    let from = (y - row) * picture.stride + (columns.lowerBound - column) * 3
                    let to = y * stride + columns.lowerBound * 3
                    for i in 0..<length { target[to + i] = source[from + i] }
                }
            }
        }
    }
}
