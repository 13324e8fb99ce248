/// How stored pictures are turned and mirrored before they are shown: one of the eight ways to lay a rectangle.
///
/// First the axes are exchanged if `swapsAxes`, then columns and rows are counted from the far end as told.
package struct Orientation: Sendable, Hashable {
    package var swapsAxes = false
    package var flipsColumns = false
    package var flipsRows = false

    /// As stored.
    package static let upright = Orientation()

    package init(swapsAxes: Bool = false, flipsColumns: Bool = false, flipsRows: Bool = false) {
        self.swapsAxes = swapsAxes
        self.flipsColumns = flipsColumns
        self.flipsRows = flipsRows
    }

    /// The nearest orientation to a display matrix, whose x' = a x + c y and y' = b x + d y are held as a, b, _, c, d.
    package init(displayMatrix m: [Int32]) {
        precondition(m.count >= 5, "a display matrix has nine numbers")
        let (a, b, c, d) = (Int64(m[0]), Int64(m[1]), Int64(m[3]), Int64(m[4]))
        swapsAxes = abs(b) + abs(c) > abs(a) + abs(d)
        flipsColumns = (swapsAxes ? c : a) < 0
        flipsRows = (swapsAxes ? b : d) < 0
    }

    /// Lays a picture of `width` × `height` RGB pixels, rows `stride` bytes apart, into `target` as it is shown.
    package func lay(
        _ source: UnsafePointer<UInt8>, width: Int, height: Int, stride: Int,
        into target: UnsafeMutableBufferPointer<UInt8>
    ) {
        precondition(target.count >= width * height * 3, "room for the whole picture")
        let shownWidth = swapsAxes ? height : width
        let shownHeight = swapsAxes ? width : height
        // The step through the source for one column, and for one row, of the shown picture.
        let columnStep = (swapsAxes ? stride : 3) * (flipsColumns ? -1 : 1)
        let rowStep = (swapsAxes ? 3 : stride) * (flipsRows ? -1 : 1)
        let origin =
            source + (flipsColumns ? -columnStep * (shownWidth - 1) : 0)
            + (flipsRows ? -rowStep * (shownHeight - 1) : 0)
        if columnStep == 3 {
            for y in 0..<shownHeight {
                (target.baseAddress! + y * shownWidth * 3).update(from: origin + y * rowStep, count: shownWidth * 3)
            }
            return
        }
        // Square blocks keep both the rows read and the rows written in the cache.
        let block = 32
        for blockY in Swift.stride(from: 0, to: shownHeight, by: block) {
            for blockX in Swift.stride(from: 0, to: shownWidth, by: block) {
                let columns = min(block, shownWidth - blockX)
                for y in blockY..<min(blockY + block, shownHeight) {
                    var from = origin + y * rowStep + blockX * columnStep
                    var to = target.baseAddress! + (y * shownWidth + blockX) * 3
                    for _ in 0..<columns {
                        to[0] = from[0]
                        to[1] = from[1]
                        to[2] = from[2]
                        from += columnStep
                        to += 3
                    }
                }
            }
        }
    }
}
