extension PixelBuffer {
    /// Mean brightness, 0…255, of every cell of a grid laid over the picture, row by row: a coarse look that tells
    /// where something has changed.
    ///
    /// Every fourth row of a cell is looked at, and all its columns; green stands for brightness.
    package func brightness(columns: Int, rows: Int) -> [UInt8] {
        precondition(columns > 0 && columns <= width && rows > 0 && rows <= height, "a cell holds at least one pixel")
        return bytes.withUnsafeBufferPointer { bytes in
            (0..<rows * columns).map { cell in
                let row = cell / columns
                let column = cell % columns
                let x = column * width / columns..<(column + 1) * width / columns
                var sum = 0
                var count = 0
                for y in Swift.stride(from: row * height / rows, to: (row + 1) * height / rows, by: 4) {
                    let start = y * self.stride
                    for x in x { sum += Int(bytes[start + x * 3 + 1]) }
                    count += x.count
                }
                return UInt8(sum / count)
            }
        }
    }
}
