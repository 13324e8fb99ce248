import Foundation

/// Numbers with a shape, row-major, and every operator written the way it is defined. Sums are taken in `Double`.
struct ReferenceTensor {
    var shape: [Int]
    var numbers: [Float]

    init(shape: [Int], numbers: [Float]) {
        self.shape = shape
        self.numbers = numbers
    }

    /// A tensor whose number at each index is given by a function.
    init(_ shape: [Int], _ number: ([Int]) -> Float) {
        self.shape = shape
        numbers = []
        numbers.reserveCapacity(shape.reduce(1, *))
        var index = [Int](repeating: 0, count: shape.count)
        for _ in 0..<shape.reduce(1, *) {
            numbers.append(number(index))
            for axis in shape.indices.reversed() {
                index[axis] += 1
                if index[axis] < shape[axis] { break }
                index[axis] = 0
            }
        }
    }

    subscript(_ index: [Int]) -> Float {
        numbers[zip(index, shape).reduce(0) { $0 * $1.1 + $1.0 }]
    }

    func map(_ function: (Float) -> Float) -> ReferenceTensor {
        ReferenceTensor(shape: shape, numbers: numbers.map(function))
    }

    func adding(_ other: ReferenceTensor) -> ReferenceTensor {
        ReferenceTensor(shape: shape, numbers: zip(numbers, other.numbers).map { $0 + $1 })
    }

    /// Negative numbers times the slope of their channel.
    func sloped(_ slopes: [Float]) -> ReferenceTensor {
        ReferenceTensor(
            shape: shape,
            numbers: numbers.indices.map { numbers[$0] < 0 ? numbers[$0] * slopes[$0 % slopes.count] : numbers[$0] })
    }

    func convolved(with weights: ReferenceTensor, _ bias: [Float]?, _ window: Window) -> ReferenceTensor {
        let channels = shape[3]
        return slide(window, channels: weights.shape[0]) { cells, o in
            cells.reduce(Double(bias?[o] ?? 0)) { sum, cell in
                (0..<channels).reduce(sum) { sum, i in
                    sum + Double(self[[cell.n, cell.y, cell.x, i]]) * Double(weights[[o, cell.row, cell.column, i]])
                }
            }
        }
    }

    func convolvedDepthwise(with weights: ReferenceTensor, _ bias: [Float]?, _ window: Window) -> ReferenceTensor {
        let multiplier = weights.shape[3] / shape[3]
        return slide(window, channels: weights.shape[3]) { cells, o in
            cells.reduce(Double(bias?[o] ?? 0)) { sum, cell in
                sum + Double(self[[cell.n, cell.y, cell.x, o / multiplier]])
                    * Double(weights[[0, cell.row, cell.column, o]])
            }
        }
    }

    func maxPooled(_ window: Window) -> ReferenceTensor {
        slide(window, channels: shape[3]) { cells, c in
            cells.reduce(-Double.infinity) { max($0, Double(self[[$1.n, $1.y, $1.x, c]])) }
        }
    }

    func multiplied(by weights: ReferenceTensor, _ bias: [Float]?) -> ReferenceTensor {
        let (outputs, inputs) = (weights.shape[0], weights.shape[1])
        return ReferenceTensor([numbers.count / inputs, outputs]) { index in
            let (row, o) = (index[0], index[1])
            let sum = (0..<inputs).reduce(Double(bias?[o] ?? 0)) {
                $0 + Double(numbers[row * inputs + $1]) * Double(weights[[o, $1]])
            }
            return Float(sum)
        }
    }

    func padded(before: [Int], after: [Int]) -> ReferenceTensor {
        ReferenceTensor(shape.indices.map { before[$0] + shape[$0] + after[$0] }) { index in
            let inner = index.indices.map { index[$0] - before[$0] }
            return zip(inner, shape).allSatisfy { (0..<$1).contains($0) } ? self[inner] : 0
        }
    }

    /// Each new cell's middle is carried over to the old picture, and the four cells round it are blended.
    func resized(to extent: Extent) -> ReferenceTensor {
        func place(_ cell: Int, _ old: Int, _ new: Int) -> (low: Int, high: Int, share: Float) {
            let position = (Float(cell) + 0.5) * Float(old) / Float(new) - 0.5
            let low = Int(position.rounded(.down))
            return (max(low, 0), min(low + 1, old - 1), position - Float(low))
        }
        return ReferenceTensor([shape[0], extent.height, extent.width, shape[3]]) { index in
            let (n, c) = (index[0], index[3])
            let y = place(index[1], shape[1], extent.height)
            let x = place(index[2], shape[2], extent.width)
            let top = self[[n, y.low, x.low, c]] * (1 - x.share) + self[[n, y.low, x.high, c]] * x.share
            let bottom = self[[n, y.high, x.low, c]] * (1 - x.share) + self[[n, y.high, x.high, c]] * x.share
            return top * (1 - y.share) + bottom * y.share
        }
    }

    static func concatenating(_ parts: [ReferenceTensor], axis: Int) -> ReferenceTensor {
        var shape = parts[0].shape
        shape[axis] = parts.reduce(0) { $0 + $1.shape[axis] }
        return ReferenceTensor(shape) { index in
            var index = index
            for part in parts {
                if index[axis] < part.shape[axis] { return part[index] }
                index[axis] -= part.shape[axis]
            }
            preconditionFailure("every index lies in one of the parts")
        }
    }

    func depthToSpace(_ block: Int) -> ReferenceTensor {
        let channels = shape[3] / (block * block)
        return ReferenceTensor([shape[0], shape[1] * block, shape[2] * block, channels]) { index in
            let corner = index[1] % block * block + index[2] % block
            return self[[index[0], index[1] / block, index[2] / block, corner * channels + index[3]]]
        }
    }

    func spatialMean() -> ReferenceTensor {
        ReferenceTensor([shape[0], shape[3]]) { index in
            var sum = 0.0
            for y in 0..<shape[1] {
                for x in 0..<shape[2] { sum += Double(self[[index[0], y, x, index[1]]]) }
            }
            return Float(sum / Double(shape[1] * shape[2]))
        }
    }

    /// One cell under a window: where it is in the picture, and where in the window.
    private struct Cell {
        var n: Int
        var y: Int
        var x: Int
        var row: Int
        var column: Int
    }

    /// Moves a window over the picture; `number` sees the cells under it that exist, and the output channel.
    private func slide(
        _ window: Window, channels: Int, _ number: ([Cell], Int) -> Double
    ) -> ReferenceTensor {
        guard let extent = window.outputExtent(of: Extent(shape[1], shape[2])) else {
            preconditionFailure("a checked window fits its picture")
        }
        var result = ReferenceTensor(shape: [shape[0], extent.height, extent.width, channels], numbers: [])
        for n in 0..<shape[0] {
            for i in 0..<extent.height {
                for j in 0..<extent.width {
                    var cells: [Cell] = []
                    for row in 0..<window.kernel.height {
                        for column in 0..<window.kernel.width {
                            let y = i * window.stride.height + row * window.dilation.height - window.before.height
                            let x = j * window.stride.width + column * window.dilation.width - window.before.width
                            guard (0..<shape[1]).contains(y), (0..<shape[2]).contains(x) else { continue }
                            cells.append(Cell(n: n, y: y, x: x, row: row, column: column))
                        }
                    }
                    for c in 0..<channels { result.numbers.append(Float(number(cells, c))) }
                }
            }
        }
        return result
    }
}

extension Activation {
    func callAsFunction(_ x: Float) -> Float {
        switch self {
        case .relu: max(x, 0)
        case .relu6: min(max(x, 0), 6)
        case .logistic: 1 / (1 + exp(-x))
        }
    }
}
