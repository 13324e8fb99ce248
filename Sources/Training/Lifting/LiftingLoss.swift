import Foundation
import Lifting

/// How wrong lifted joints are: mean distance to the truth, how wrongly they move, and how badly their deviation tells
/// their distance.
struct LiftingLoss {
    let motion: Float
    /// How much the deviation's own part weighs.
    private static let doubt: Float = 0.02

    init(motion: Float) { self.motion = motion }

    /// - Parameters:
    ///   - outputs: (4, N, T, V).
    ///   - guesses, truths: (N, T, V).
    ///   - gradient: receives that of the mean loss, (4, N, T, V).
    /// - Returns: mean loss, and mean distance in metres.
    func evaluate(
        _ outputs: UnsafeBufferPointer<Float>, guesses: [SIMD3<Float>], truths: [SIMD3<Float>], frames: Int,
        joints: Int, gradient: inout [Float]
    ) -> (loss: Double, distance: Double) {
        let rows = truths.count
        var (loss, distance) = (0.0, 0.0)
        let scale = 1 / Float(rows)
        for i in gradient.indices { gradient[i] = 0 }
        func error(_ row: Int) -> SIMD3<Float> {
            SIMD3(outputs[row], outputs[rows + row], outputs[2 * rows + row]) + guesses[row] - truths[row]
        }
        func add(_ slope: SIMD3<Float>, to row: Int) {
            for axis in 0..<3 { gradient[axis * rows + row] += slope[axis] * scale }
        }
        for row in 0..<rows {
            let e = error(row)
            let length = ((e * e).sum() + 1e-8).squareRoot()
            add(e / length, to: row)
            let s = max(-7, min(1, outputs[3 * rows + row]))
            let deviation = exp(s)
            loss += Double(length)
            distance += Double(length)
            // The distance is exponentially distributed about its deviation; only the deviation learns from it.
            loss += Double(Self.doubt * (length / deviation + s))
            gradient[3 * rows + row] = Self.doubt * (1 - length / deviation) * scale
            guard motion > 0, row / joints % frames > 0 else { continue }
            let change = e - error(row - joints)
            let jump = ((change * change).sum() + 1e-8).squareRoot()
            loss += Double(motion * jump)
            add(change / jump * motion, to: row)
            add(-change / jump * motion, to: row - joints)
        }
        return (loss / Double(rows), distance / Double(rows))
    }
}
