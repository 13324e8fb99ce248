/// An 8-bit RGB picture: rows from the top, three bytes a pixel, no padding between rows.
package struct PixelBuffer: Sendable, Equatable {
    package let width: Int
    package let height: Int
    /// height × width × 3 bytes: red, green, blue.
    package var bytes: [UInt8]

    /// Bytes from one row to the next.
    package var stride: Int { width * 3 }

    /// A picture of one colour.
    package init(width: Int, height: Int, color: Color = .black) {
        precondition(width > 0 && height > 0, "a picture has at least one pixel")
        self.width = width
        self.height = height
        bytes = [UInt8](unsafeUninitializedCapacity: width * height * 3) { buffer, count in
            for pixel in 0..<(width * height) {
                buffer[pixel * 3] = color.red
                buffer[pixel * 3 + 1] = color.green
                buffer[pixel * 3 + 2] = color.blue
            }
            count = width * height * 3
        }
    }

    /// A picture over bytes that are there already.
    package init(width: Int, height: Int, bytes: [UInt8]) {
        precondition(bytes.count == width * height * 3, "three bytes a pixel")
        self.width = width
        self.height = height
        self.bytes = bytes
    }
}
