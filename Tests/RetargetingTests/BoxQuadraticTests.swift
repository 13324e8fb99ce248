import Randomness
import Retargeting
import Testing

struct BoxQuadraticTests {
    @Test("the least in a box is where no unknown can be moved to gain anything", arguments: [1, 3, 5, 7])
    func optimal(_ count: Int) {
        var random = SplitMix64(seed: UInt64(count))
        var problem = BoxQuadratic(count: count)
        for _ in 0..<500 {
            let rows = (0..<(count - count / 2)).map { _ in (0..<count).map { _ in random.double(-1...1) } }
            var hessian = [Double](repeating: 0, count: count * count)
            for i in 0..<count {
                for k in 0..<count { hessian[i * count + k] = rows.reduce(i == k ? 1e-3 : 0) { $0 + $1[i] * $1[k] } }
            }
            let gradient = (0..<count).map { _ in random.double(-1...1) }
            let lower = (0..<count).map { _ in random.double(-2...0) }
            let upper = lower.map { random.uniform(0...3) < 0.3 ? $0 : $0 + random.double(0...2) }
            var x = (0..<count).map { _ in random.double(-3...3) }
            problem.minimize(hessian, gradient, lower: lower, upper: upper, &x)
            for i in 0..<count {
                #expect(x[i] >= lower[i] && x[i] <= upper[i])
                let slope = (0..<count).reduce(gradient[i]) { $0 + hessian[i * count + $1] * x[$1] }
                if lower[i] == upper[i] { continue }
                if x[i] > lower[i] { #expect(slope < 1e-6, "gains nothing by less") }
                if x[i] < upper[i] { #expect(slope > -1e-6, "gains nothing by more") }
            }
        }
    }
}
