extension PixelBuffer {
    /// The picture in another size: areas are averaged where it shrinks and values interpolated where it grows.
    package func resized(toWidth newWidth: Int, height newHeight: Int) -> PixelBuffer {
        precondition(newWidth > 0 && newHeight > 0, "a picture has at least one pixel")
        if newWidth == width && newHeight == height { return self }
        let columns = ResamplingTaps(from: width, to: newWidth)
        let rows = ResamplingTaps(from: height, to: newHeight)
        var result = PixelBuffer(width: newWidth, height: newHeight)
        let rowLength = newWidth * 3
        // Source rows resampled across: only those that the current target row needs are made, each once.
        var cache = [Float](repeating: 0, count: rows.longest * rowLength)
        var cachedRow = [Int](repeating: -1, count: rows.longest)
        var sum = [Float](repeating: 0, count: rowLength)
        for y in 0..<newHeight {
            for i in sum.indices { sum[i] = 0.5 }
            for (sourceRow, weight) in rows.taps(at: y) {
                let slot = sourceRow % rows.longest
                if cachedRow[slot] != sourceRow {
                    resampleRow(sourceRow, columns, into: &cache, at: slot * rowLength)
                    cachedRow[slot] = sourceRow
                }
                let base = slot * rowLength
                cache.withUnsafeBufferPointer { cache in
                    let line = UnsafeBufferPointer(rebasing: cache[base..<base + rowLength])
                    sum.withUnsafeMutableBufferPointer { sum in
                        for i in sum.indices { sum[i] += line[i] * weight }
                    }
                }
            }
            result.bytes.withUnsafeMutableBufferPointer { bytes in
                let line = UnsafeMutableBufferPointer(rebasing: bytes[y * rowLength..<(y + 1) * rowLength])
                for i in line.indices { line[i] = UInt8(min(max(sum[i], 0), 255)) }
            }
        }
        return result
    }

    /// The whole picture in a frame of another size, in its own shape, as large as it fits; what is left over is black.
    package func fitted(toWidth newWidth: Int, height newHeight: Int) -> PixelBuffer {
        let scale = min(Double(newWidth) / Double(width), Double(newHeight) / Double(height))
        let size = [(width, newWidth), (height, newHeight)].map { length, limit in
            // A shape that is off by less than a pixel needs no bars.
            let scaled = Int((Double(length) * scale).rounded())
            return min(max(scaled, 1), limit)
        }
        let picture = resized(toWidth: size[0], height: size[1])
        if size == [newWidth, newHeight] { return picture }
        var frame = PixelBuffer(width: newWidth, height: newHeight)
        frame.paste(picture, atColumn: (newWidth - size[0]) / 2, row: (newHeight - size[1]) / 2)
        return frame
    }

    private func resampleRow(_ row: Int, _ columns: ResamplingTaps, into line: inout [Float], at base: Int) {
        bytes.withUnsafeBufferPointer { bytes in
            let source = UnsafeBufferPointer(rebasing: bytes[row * stride..<(row + 1) * stride])
            for x in 0..<columns.count {
                var red: Float = 0
                var green: Float = 0
                var blue: Float = 0
                for (column, weight) in columns.taps(at: x) {
                    red += Float(source[column * 3]) * weight
                    green += Float(source[column * 3 + 1]) * weight
                    blue += Float(source[column * 3 + 2]) * weight
                }
                line[base + x * 3] = red
                line[base + x * 3 + 1] = green
                line[base + x * 3 + 2] = blue
            }
        }
    }
}

/// Which source samples make up each target sample along one axis, and with what weights, which sum to 1.
struct ResamplingTaps {
    /// Target samples.
    let count: Int
    /// The most source samples that one target sample needs.
    let longest: Int
    private let first: [Int]
    private let weights: [[Float]]

    init(from source: Int, to target: Int) {
        let scale = Double(source) / Double(target)
        var first: [Int] = []
        var weights: [[Float]] = []
        for i in 0..<target {
            if scale > 1 {
                let low = Double(i) * scale
                let high = min(Double(i + 1) * scale, Double(source))
                let start = Int(low)
                let end = min(source, max(start + 1, Int(high.rounded(.up))))
                first.append(start)
                weights.append(
                    (start..<end).map { Float((min(Double($0 + 1), high) - max(Double($0), low)) / (high - low)) })
            } else {
                let center = min(max((Double(i) + 0.5) * scale - 0.5, 0), Double(source - 1))
                let start = min(Int(center), max(source - 2, 0))
                let share = Float(center - Double(start))
                first.append(start)
                weights.append(source == 1 ? [1] : [1 - share, share])
            }
        }
        count = target
        longest = weights.map(\.count).max() ?? 1
        self.first = first
        self.weights = weights
    }

    /// (source index, weight) pairs of a target sample.
    func taps(at index: Int) -> Zip2Sequence<Range<Int>, [Float]> {
        zip(first[index]..<first[index] + weights[index].count, weights[index])
    }
}
