extension PixelBuffer {
    /// Paints every pixel by how much of it a shape covers, which gives smooth edges.
    ///
    /// - Parameters:
    ///   - low, high: a box around the shape, in pixels; the centre of the top left pixel lies at (0.5, 0.5).
    ///   - distance: the signed distance in pixels from a point to the shape's outline, negative inside. Beyond 1.5
    ///     it may be anything that is no larger in magnitude and still beyond 1: whole runs that far from the outline
    ///     are skipped or filled without asking again.
    @inline(__always) mutating func fill(
        from low: SIMD2<Float>, to high: SIMD2<Float>, color: Color, opacity: Float,
        distance: (SIMD2<Float>) -> Float
    ) {
        let limit = SIMD2(Float(width), Float(height))
        let first = (low - 1).clamped(lowerBound: .zero, upperBound: limit)
        let last = (high + 1).clamped(lowerBound: .zero, upperBound: limit)
        // Written so that a NaN anywhere paints nothing.
        guard first.x < last.x, first.y < last.y, opacity > 0 else { return }
        let columns = Int(first.x)..<Int(last.x.rounded(.up))
        let rows = Int(first.y)..<Int(last.y.rounded(.up))
        let strength = min(opacity, 1) * 256
        let width = width
        bytes.withUnsafeMutableBufferPointer { buffer in
            for y in rows {
                let row = UnsafeMutableBufferPointer(rebasing: buffer[y * width * 3..<(y + 1) * width * 3])
                var x = columns.lowerBound
                while x < columns.upperBound {
                    let d = distance(SIMD2(Float(x) + 0.5, Float(y) + 0.5))
                    if d >= 0.5 {
                        x += max(1, Int(min(d - 0.5, Float(width))))
                    } else if d > -1.5 {
                        let coverage = min(0.5 - d, 1)
                        blend(color, into: row, pixels: x..<x + 1, weight: Int32(strength * coverage + 0.5))
                        x += 1
                    } else if d <= -1.5 {
                        let end = min(x + Int(min(-d - 0.5, Float(width))), columns.upperBound)
                        blend(color, into: row, pixels: x..<end, weight: Int32(strength + 0.5))
                        x = end
                    } else {
                        return
                    }
                }
            }
        }
    }
}

/// Mixes `color` into pixels of a row; `weight` is its share in 256ths.
@inline(__always) func blend(
    _ color: Color, into row: UnsafeMutableBufferPointer<UInt8>, pixels: Range<Int>, weight: Int32
) {
    var at = pixels.lowerBound * 3
    if weight >= 256 {
        for _ in pixels {
            row[at] = color.red
            row[at + 1] = color.green
            row[at + 2] = color.blue
            at += 3
        }
        return
    }
    let red = Int32(color.red)
    let green = Int32(color.green)
    let blue = Int32(color.blue)
    for _ in pixels {
        row[at] = mix(row[at], red, weight)
        row[at + 1] = mix(row[at + 1], green, weight)
        row[at + 2] = mix(row[at + 2], blue, weight)
        at += 3
    }
}

@inline(__always) private func mix(_ old: UInt8, _ new: Int32, _ weight: Int32) -> UInt8 {
    let old = Int32(old)
    return UInt8(truncatingIfNeeded: old &+ ((new &- old) &* weight &+ 128) >> 8)
}
