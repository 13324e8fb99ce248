/// The directions in which the rows of a window move most: leading eigenvectors of their covariance.
struct PrincipalMotions {
    private var sum = MotionRow()
    /// Row i holds the sums of the products of number i with all numbers.
    private var products: [MotionRow] = Array(repeating: MotionRow(), count: MotionRow.width)
    private var count = 0

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

    /// Unit vectors in descending order of the variance along them; fewer where nothing moves.
    ///
    /// - Parameters:
    ///   - number: how many are wanted.
    ///   - used: for each number of a row whether it counts.
    func leading(_ number: Int, used: MotionRow) -> [MotionRow] {
        let mean = mean
        let share = 1 / Float(max(1, count))
        var covariance = products
        for index in 0..<MotionRow.width {
            covariance[index] *= share * used[index]
            for block in 0..<MotionRow.blocks {
                covariance[index].values[block] -= mean.values[block] * (mean[index] * used[index])
                covariance[index].values[block] *= used.values[block]
            }
        }
        var directions: [MotionRow] = []
        for _ in 0..<number {
            guard let (direction, variance) = Self.dominant(covariance) else { break }
            directions.append(direction)
            for index in 0..<MotionRow.width {
                let factor = variance * direction[index]
                for block in 0..<MotionRow.blocks {
                    covariance[index].values[block] -= direction.values[block] * factor
                }
            }
        }
        return directions
    }

    /// Power iteration from the row of greatest variance.
    private static func dominant(_ matrix: [MotionRow]) -> (direction: MotionRow, variance: Float)? {
        guard let start = (0..<MotionRow.width).max(by: { matrix[$0][$0] < matrix[$1][$1] }) else { return nil }
        var direction = matrix[start]
        var variance: Float = 0
        for _ in 0..<rounds {
            let length = direction.dot(direction).squareRoot()
            guard length > leastLength, length.isFinite else { return nil }
            direction *= 1 / length
            var next = MotionRow()
            for index in 0..<MotionRow.width {
                let factor = direction[index]
                for block in 0..<MotionRow.blocks { next.values[block] += matrix[index].values[block] * factor }
            }
            variance = next.dot(direction)
            direction = next
        }
        let length = direction.dot(direction).squareRoot()
        guard length > leastLength, length.isFinite else { return nil }
        direction *= 1 / length
        return (direction, variance)
    }

    private static let rounds = 12
    private static let leastLength: Float = 1e-9
}
