/// How all joints went through a swing, at twelve moments of it, whatever time it took.
struct SwingShape {
    private static let moments = 12
    private var rows: InlineArray<12, MotionRow>
    private var energy: Float = 0

    /// - Parameters:
    ///   - source: the rows of a window, which the swing's numbers count from the beginning of.
    ///   - used: 1 for the numbers that count.
    init(_ swing: Swing, in source: ArraySlice<MotionRow>, used: MotionRow) {
        rows = .init(repeating: MotionRow())
        let first = source.startIndex
        var mean = MotionRow()
        for moment in 0..<Self.moments {
            let place = Float(swing.start) + Float(swing.length * moment) / Float(Self.moments)
            let index = Int(place)
            let (a, b) = (source[first + index], source[min(first + index + 1, source.endIndex - 1)])
            var row = MotionRow.between(a, b, share: place - Float(index))
            for block in 0..<MotionRow.blocks { row.values[block] *= used.values[block] }
            rows[moment] = row
            mean += row
        }
        mean *= 1 / Float(Self.moments)
        for moment in 0..<Self.moments {
            rows[moment] -= mean
            energy += rows[moment].dot(rows[moment])
        }
    }

    /// -1…1 over all joints and moments.
    func correlation(with other: SwingShape) -> Float {
        var sum: Float = 0
        for moment in 0..<Self.moments { sum += rows[moment].dot(other.rows[moment]) }
        return sum / max(1e-12, energy * other.energy).squareRoot()
    }
}
