/// A smooth closed curve through values at phases of a cycle, 0..<1 (periodic cubic Hermite with mean slopes).
struct PeriodicCurve: Sendable {
    private let phases: [Float]
    private let values: [Float]

    init(_ points: [(phase: Float, value: Float)]) {
        precondition(points.count >= 3, "a closed curve needs three points")
        phases = points.map(\.phase)
        values = points.map(\.value)
    }

    /// The value at a phase; whole cycles do not matter.
    func callAsFunction(_ phase: Float) -> Float {
        let n = phases.count
        let p = phase - phase.rounded(.down)
        let next = phases.firstIndex { $0 > p } ?? n
        let (time1, value1) = point(next - 1)
        let (time2, value2) = point(next)
        let span = time2 - time1
        let t = (p - time1) / span
        let slope1 = slope(next - 1) * span
        let slope2 = slope(next) * span
        let t2 = t * t
        let t3 = t2 * t
        return (2 * t3 - 3 * t2 + 1) * value1 + (t3 - 2 * t2 + t) * slope1 + (3 * t2 - 2 * t3) * value2
            + (t3 - t2) * slope2
    }

    private func point(_ index: Int) -> (Float, Float) {
        let n = phases.count
        if index < 0 { return (phases[index + n] - 1, values[index + n]) }
        if index >= n { return (phases[index - n] + 1, values[index - n]) }
        return (phases[index], values[index])
    }

    private func slope(_ index: Int) -> Float {
        let before = point(index - 1)
        let after = point(index + 1)
        return (after.1 - before.1) / (after.0 - before.0)
    }
}
