/// The least of ½ xᵀHx + gᵀx in a box, by a primal active set (Nocedal and Wright 2006, §16.5): for the seven unknowns
/// of an arm.
///
/// H is positive definite, of shape (count, count), row-major.
package struct BoxQuadratic: Sendable {
    package let count: Int
    private var factor: [Double]
    private var step: [Double]
    private var free: [Int]
    private var isFixed: [Bool]

    package init(count: Int) {
        self.count = count
        factor = Array(repeating: 0, count: count * count)
        step = Array(repeating: 0, count: count)
        free = []
        free.reserveCapacity(count)
        isFixed = Array(repeating: false, count: count)
    }

    /// Moves `x` to the least in lower…upper.
    ///
    /// - Parameter x: where the search begins; it is put into the box first.
    package mutating func minimize(
        _ hessian: [Double], _ gradient: [Double], lower: [Double], upper: [Double], _ x: inout [Double]
    ) {
        precondition(
            hessian.count == count * count && gradient.count == count && lower.count == count && upper.count == count
                && x.count == count, "shapes of a box problem")
        for i in 0..<count {
            x[i] = min(max(x[i], lower[i]), upper[i])
            isFixed[i] = x[i] == lower[i] || x[i] == upper[i]
        }
        // Each turn fixes or frees one unknown; far fewer are needed.
        for _ in 0..<(8 * count) {
            guard solveFree(hessian, gradient, x) else { return }
            if let blocked = advance(lower, upper, &x) {
                isFixed[blocked] = true
                continue
            }
            guard let freed = released(hessian, gradient, lower, upper, x) else { return }
            isFixed[freed] = false
        }
    }

    /// The step to the least along all unknowns that are free.
    private mutating func solveFree(_ hessian: [Double], _ gradient: [Double], _ x: [Double]) -> Bool {
        free.removeAll(keepingCapacity: true)
        for i in 0..<count where !isFixed[i] { free.append(i) }
        let size = free.count
        for row in 0..<size {
            for column in 0...row {
                var sum = hessian[free[row] * count + free[column]]
                for k in 0..<column { sum -= factor[row * count + k] * factor[column * count + k] }
                if row == column {
                    guard sum > 0 else { return false }
                    factor[row * count + row] = sum.squareRoot()
                } else {
                    factor[row * count + column] = sum / factor[column * count + column]
                }
            }
        }
        for row in 0..<size {
            var sum = -slope(free[row], hessian, gradient, x)
            for k in 0..<row { sum -= factor[row * count + k] * step[k] }
            step[row] = sum / factor[row * count + row]
        }
        for row in stride(from: size - 1, through: 0, by: -1) {
            var sum = step[row]
            for k in (row + 1)..<max(size, row + 1) { sum -= factor[k * count + row] * step[k] }
            step[row] = sum / factor[row * count + row]
        }
        return true
    }

    /// Goes along the step as far as the box lets it; the unknown that stopped it, or nil.
    private func advance(_ lower: [Double], _ upper: [Double], _ x: inout [Double]) -> Int? {
        var share = 1.0
        var blocked: Int?
        for (k, i) in free.enumerated() {
            let room = step[k] > 0 ? upper[i] - x[i] : lower[i] - x[i]
            if abs(step[k]) > 0, room / step[k] < share {
                share = max(0, room / step[k])
                blocked = i
            }
        }
        for (k, i) in free.enumerated() { x[i] = min(max(x[i] + share * step[k], lower[i]), upper[i]) }
        if let blocked { x[blocked] = step[free.firstIndex(of: blocked)!] > 0 ? upper[blocked] : lower[blocked] }
        return blocked
    }

    /// The fixed unknown that most wants back into the box.
    private func released(
        _ hessian: [Double], _ gradient: [Double], _ lower: [Double], _ upper: [Double], _ x: [Double]
    ) -> Int? {
        var worst: Int?
        var most = 1e-10
        for i in 0..<count where isFixed[i] && lower[i] < upper[i] {
            let slope = slope(i, hessian, gradient, x)
            let pull = x[i] == lower[i] ? -slope : slope
            if pull > most * hessian[i * count + i] {
                most = pull / hessian[i * count + i]
                worst = i
            }
        }
        return worst
    }

    private func slope(_ i: Int, _ hessian: [Double], _ gradient: [Double], _ x: [Double]) -> Double {
        var sum = gradient[i]
        for k in 0..<count { sum += hessian[i * count + k] * x[k] }
        return sum
    }
}
