/// Copies runs of numbers that lie on a regular grid, such as the rows of a picture into a larger one.
struct StridedCopy {
    /// One axis of the grid: how many runs, and how far apart in the source and the destination.
    struct Axis {
        var count: Int
        var source: Int
        var destination: Int
    }

    var axes: (Axis, Axis, Axis)
    /// Numbers copied at a time.
    var run: Int
    /// Where the first run starts in the destination.
    var start = 0
    /// The whole destination is made zero first.
    var clearing: Int?

    /// The caller has checked, when planning, that every run lies within both.
    func execute(from source: UnsafePointer<Float>, to destination: UnsafeMutablePointer<Float>) {
        if let clearing { destination.update(repeating: 0, count: clearing) }
        for i in 0..<axes.0.count {
            for j in 0..<axes.1.count {
                var from = source + i * axes.0.source + j * axes.1.source
                var to = destination + start + i * axes.0.destination + j * axes.1.destination
                for _ in 0..<axes.2.count {
                    to.update(from: from, count: run)
                    from += axes.2.source
                    to += axes.2.destination
                }
            }
        }
    }

    /// The copies that lay `shapes` behind each other along `axis`, one for each.
    static func concatenation(of shapes: [[Int]], axis: Int) -> [StridedCopy] {
        let inner = shapes[0][(axis + 1)...].reduce(1, *)
        let outer = shapes[0][..<axis].reduce(1, *)
        let total = shapes.reduce(0) { $0 + $1[axis] } * inner
        var start = 0
        return shapes.map { shape in
            let run = shape[axis] * inner
            defer { start += run }
            return StridedCopy(
                axes: (Axis(1), Axis(1), Axis(count: outer, source: run, destination: total)), run: run, start: start)
        }
    }

    /// The copy that makes squares of `block` x `block` cells out of the channels of a picture.
    static func depthToSpace(_ shape: [Int], block: Int) -> StridedCopy {
        let (width, channels) = (shape[2], shape[3])
        let run = channels / block
        return StridedCopy(
            axes: (
                Axis(count: shape[0] * shape[1], source: width * channels, destination: width * channels),
                Axis(count: block, source: run, destination: width * run),
                Axis(count: width, source: channels, destination: run)
            ), run: run)
    }

    /// The copy of a tensor of up to four axes into a larger one of zeros.
    static func padding(_ shape: [Int], before: [Int], after: [Int]) -> StridedCopy {
        let missing = 4 - shape.count
        let source = [Int](repeating: 1, count: missing) + shape
        let before = [Int](repeating: 0, count: missing) + before
        let after = [Int](repeating: 0, count: missing) + after
        let target = source.indices.map { before[$0] + source[$0] + after[$0] }
        func strides(_ shape: [Int]) -> [Int] { [shape[1] * shape[2] * shape[3], shape[2] * shape[3], shape[3], 1] }
        let (from, to) = (strides(source), strides(target))
        return StridedCopy(
            axes: (
                Axis(count: source[0], source: from[0], destination: to[0]),
                Axis(count: source[1], source: from[1], destination: to[1]),
                Axis(count: source[2], source: from[2], destination: to[2])
            ), run: source[3], start: zip(before, to).reduce(0) { $0 + $1.0 * $1.1 },
            clearing: target.reduce(1, *))
    }
}

extension StridedCopy.Axis {
    fileprivate init(_ count: Int) { self.init(count: count, source: 0, destination: 0) }
}
