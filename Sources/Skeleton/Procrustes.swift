/// The similarity that lays one set of points best onto another: turn, size and place (Horn 1987).
package struct Procrustes: Sendable {
    package let scale: Float
    package let rotation: (SIMD3<Float>, SIMD3<Float>, SIMD3<Float>)
    private let from: SIMD3<Float>
    private let to: SIMD3<Float>

    /// - Parameters:
    ///   - points, targets: at least three each, one for the other.
    package init(_ points: [SIMD3<Float>], onto targets: [SIMD3<Float>]) {
        precondition(points.count == targets.count && points.count > 2, "three points or more, one for the other")
        let count = Float(points.count)
        let from = points.reduce(.zero, +) / count
        let to = targets.reduce(.zero, +) / count
        var s = [SIMD3<Double>](repeating: .zero, count: 3)
        var spread = 0.0
        for (point, target) in zip(points, targets) {
            let a = SIMD3<Double>(point - from)
            let b = SIMD3<Double>(target - to)
            for axis in 0..<3 { s[axis] += a[axis] * b }
            spread += (a * a).sum()
        }
        let q = Self.largestEigenvector([
            [s[0].x + s[1].y + s[2].z, s[1].z - s[2].y, s[2].x - s[0].z, s[0].y - s[1].x],
            [s[1].z - s[2].y, s[0].x - s[1].y - s[2].z, s[0].y + s[1].x, s[2].x + s[0].z],
            [s[2].x - s[0].z, s[0].y + s[1].x, -s[0].x + s[1].y - s[2].z, s[1].z + s[2].y],
            [s[0].y - s[1].x, s[2].x + s[0].z, s[1].z + s[2].y, -s[0].x - s[1].y + s[2].z],
        ])
        let (w, x, y, z) = (q[0], q[1], q[2], q[3])
        let rows = [
            SIMD3(w * w + x * x - y * y - z * z, 2 * (x * y - w * z), 2 * (x * z + w * y)),
            SIMD3(2 * (x * y + w * z), w * w - x * x + y * y - z * z, 2 * (y * z - w * x)),
            SIMD3(2 * (x * z - w * y), 2 * (y * z + w * x), w * w - x * x - y * y + z * z),
        ]
        // How much of the targets' spread lies along the turned points.
        var along = 0.0
        for axis in 0..<3 { for other in 0..<3 { along += rows[other][axis] * s[axis][other] } }
        scale = spread > 1e-12 ? Float(along / spread) : 1
        rotation = (SIMD3<Float>(rows[0]), SIMD3<Float>(rows[1]), SIMD3<Float>(rows[2]))
        self.from = from
        self.to = to
    }

    package func applied(to point: SIMD3<Float>) -> SIMD3<Float> {
        let p = (point - from) * scale
        return SIMD3((rotation.0 * p).sum(), (rotation.1 * p).sum(), (rotation.2 * p).sum()) + to
    }

    /// Of a symmetric matrix of four rows, by Jacobi's rotations.
    private static func largestEigenvector(_ matrix: [[Double]]) -> [Double] {
        var a = matrix
        var v = (0..<4).map { row in (0..<4).map { $0 == row ? 1.0 : 0 } }
        for _ in 0..<24 {
            for p in 0..<3 {
                for q in p + 1..<4 where abs(a[p][q]) > 1e-15 {
                    let theta = (a[q][q] - a[p][p]) / (2 * a[p][q])
                    let t = (theta < 0 ? -1 : 1) / (abs(theta) + (theta * theta + 1).squareRoot())
                    let c = 1 / (t * t + 1).squareRoot()
                    let s = t * c
                    for k in 0..<4 { (a[k][p], a[k][q]) = (c * a[k][p] - s * a[k][q], s * a[k][p] + c * a[k][q]) }
                    for k in 0..<4 { (a[p][k], a[q][k]) = (c * a[p][k] - s * a[q][k], s * a[p][k] + c * a[q][k]) }
                    for k in 0..<4 { (v[k][p], v[k][q]) = (c * v[k][p] - s * v[k][q], s * v[k][p] + c * v[k][q]) }
                }
            }
        }
        let best = (0..<4).max { a[$0][$0] < a[$1][$1] } ?? 0
        return (0..<4).map { v[$0][best] }
    }
}
