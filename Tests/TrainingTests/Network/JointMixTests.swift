import Inference
import Randomness
import TestSupport
import Testing
import Training

struct JointMixTests {
    @Test("joints give to each other what the sum over joints says, however many there are", arguments: 1...20)
    func product(joints: Int) {
        let rows = 53
        var stream = SplitMix64(seed: UInt64(joints))
        let x = (0..<rows * joints).map { _ in stream.normal() }
        let matrix = (0..<joints * joints).map { _ in stream.normal() }
        let start = (0..<rows * joints).map { _ in stream.normal() }
        var (y, sum) = (start, start)
        JointMix.mix(x, rows: rows, joints: joints, by: matrix, into: &y)
        JointMix.mix(x, rows: rows, joints: joints, by: matrix, into: &sum, adding: true)
        let expected = (0..<rows * joints).map { place in
            let (row, v) = place.quotientAndRemainder(dividingBy: joints)
            return (0..<joints).reduce(Float(0)) { $0 + x[row * joints + $1] * matrix[$1 * joints + v] }
        }
        expectClose(y, expected, tolerance: 1e-4, "\(joints) joints")
        expectClose(sum, zip(expected, start).map { $0 + $1 }, tolerance: 1e-4, "\(joints) joints, added")
    }

    @Test("what flows back to the matrix is the sum over rows, however many there are", arguments: [1, 3, 16, 17])
    func gradient(joints: Int) {
        for rows in [1, 7, 5000] {
            var stream = SplitMix64(seed: UInt64(rows))
            let x = (0..<rows * joints).map { _ in stream.normal() }
            let y = (0..<rows * joints).map { _ in stream.normal() }
            var matrix = [Float](repeating: 1, count: joints * joints)
            JointMix.addGradient(x, y, rows: rows, joints: joints, to: &matrix)
            let expected = (0..<joints * joints).map { place in
                let (u, v) = place.quotientAndRemainder(dividingBy: joints)
                return Float((0..<rows).reduce(1.0) { $0 + Double(x[$1 * joints + u]) * Double(y[$1 * joints + v]) })
            }
            expectClose(matrix, expected, tolerance: 1e-5 * Float(rows + 10), "\(joints) joints, \(rows) rows")
        }
    }
}
