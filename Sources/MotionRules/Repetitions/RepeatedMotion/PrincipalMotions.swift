/// The direction in which the rows of a window move most: the leading eigenvector of their covariance.
struct PrincipalMotions {
    private var sum = MotionRow()
    /// Row i holds the sums of the products of number i with all numbers.
    private var products: [MotionRow] = Array(repeating: MotionRow(), count: MotionRow.width)
    /// The covariance that is being taken apart.
    private var covariance: [MotionRow] = Array(repeating: MotionRow(), count: MotionRow.width)
    private var count = 0

    /// Forgets all rows.
    mutating func reset() {
        sum = MotionRow()
        count = 0
        for index in products.indices { products[index] = MotionRow() }
    }

    mutating func add(_ row: MotionRow) {
        sum += row
        count += 1
        for index in 0..<MotionRow.width {
            let factor = row[index]
            guard factor != 0 else { continue }
            for block in 0..<MotionRow.blocks { products[index].values[block] += row.values[block] * factor }
        }
    }

    /// The mean of the rows added.
    var mean: MotionRow {
        var mean = sum
        mean *= 1 / Float(max(1, count))
        return mean
    }

    /// Sum of the variances of the numbers that count.
    func spread(used: MotionRow) -> Float {
        let mean = mean
        return (0..<MotionRow.width).reduce(0) { sum, index in
            sum + used[index] * (products[index][index] / Float(max(1, count)) - mean[index] * mean[index])
        }
    }

    /// The unit vector along which the rows vary most; nil where nothing moves.
    ///
    /// - Parameter used: 1 for the numbers that count.
    mutating func leading(used: MotionRow) -> MotionRow? {
        let mean = mean
        let share = 1 / Float(max(1, count))
        for index in 0..<MotionRow.width {
            covariance[index] = products[index]
            covariance[index] *= share * used[index]
            for block in 0..<MotionRow.blocks {
                covariance[index].values[block] -= mean.values[block] * (mean[index] * used[index])
                covariance[index].values[block] *= used.values[block]
            }
        }
        return Self.dominant(covariance)
    }

    /// The leading eigenvector, by power iteration from the row of greatest variance.
    private static func dominant(_ matrix: [MotionRow]) -> MotionRow? {
        guard let start = (0..<MotionRow.width).max(by: { matrix[$0][$0] < matrix[$1][$1] }) else { return nil }
        var direction = matrix[start]
        for _ in 0..<rounds {
            let length = direction.dot(direction).squareRoot()
            guard length > leastLength, length.isFinite else { return nil }
            direction *= 1 / length
            var next = MotionRow()
            for index in 0..<MotionRow.width {
                let factor = direction[index]
                for block in 0..<MotionRow.blocks { next.values[block] += matrix[index].values[block] * factor }
            }
            direction = next
        }
        let length = direction.dot(direction).squareRoot()
        guard length > leastLength, length.isFinite else { return nil }
        direction *= 1 / length
        return direction
    }

    private static let rounds = 12
    private static let leastLength: Float = 1e-9
}
