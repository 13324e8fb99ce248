import Foundation
import Robots

/// Finds cameras and places at once, so that the places look as the cameras saw them: Levenberg-Marquardt with the places
/// eliminated by the Schur complement (Triggs et al. 2000) and Huber's weights.
///
/// The first camera stays where it is; the size of the whole stays free, and so about as it was at first.
struct BundleAdjustment {
    struct Observation {
        var camera: Int
        var point: Int
        /// In picture heights from the picture's middle.
        var place: SIMD2<Double>
        var weight: Double
    }

    private(set) var cameras: [RigCamera]
    private(set) var points: [Vector3]
    private let observations: [Observation]
    /// Of each point, ascending.
    private let sights: [Range<Int>]
    private let expectedFocalLengths: [Double]
    private let isFocalLengthKnown: Bool

    /// Errors beyond this many picture heights count less and less.
    private static let tolerance = 0.01
    /// How far focal lengths are from what was expected, as a share; and what a sight is off by.
    private static let focalSpread = 0.25
    private static let parameters = 7

    /// - Parameter observations: at least two of each point.
    init(
        cameras: [RigCamera], points: [Vector3], observations: [Observation], isFocalLengthKnown: Bool
    ) {
        self.cameras = cameras
        self.points = points
        self.observations = observations.sorted { ($0.point, $0.camera) < ($1.point, $1.camera) }
        var sights: [Range<Int>] = []
        var start = 0
        for point in points.indices {
            var end = start
            while end < self.observations.count, self.observations[end].point == point { end += 1 }
            sights.append(start..<end)
            start = end
        }
        self.sights = sights
        expectedFocalLengths = cameras.map(\.focalLength)
        self.isFocalLengthKnown = isFocalLengthKnown
    }

    /// The weighted mean error in picture heights, root of the mean square with Huber's weights.
    func error() -> Double {
        var (sum, weights) = (0.0, 0.0)
        for observation in observations {
            guard let seen = cameras[observation.camera].picture(of: points[observation.point]) else { continue }
            let off = seen - observation.place
            let length = (off * off).sum().squareRoot()
            let weight = observation.weight * Self.huber(length)
            sum += weight * length * length
            weights += weight
        }
        return weights > 0 ? (sum / weights).squareRoot() : .infinity
    }

    private static func huber(_ length: Double) -> Double { length <= tolerance ? 1 : tolerance / length }

    private func cost() -> Double {
        var cost = 0.0
        for observation in observations {
            guard let seen = cameras[observation.camera].picture(of: points[observation.point]) else {
                cost += 1
                continue
            }
            let off = seen - observation.place
            let length = (off * off).sum().squareRoot()
            let t = Self.tolerance
            cost += observation.weight * (length <= t ? length * length : t * (2 * length - t))
        }
        return cost + zip(cameras, expectedFocalLengths).reduce(0) { $0 + focalCost($1.0.focalLength / $1.1) }
    }

    private func focalCost(_ ratio: Double) -> Double {
        let share = Foundation.log(ratio) / Self.focalSpread
        return focalWeight * share * share
    }

    /// As much as some dozens of sights.
    private var focalWeight: Double { 0.4 * Self.tolerance * Self.tolerance }

    /// - Parameter rounds: steps at most.
    mutating func run(rounds: Int, progress: (Int) -> Void = { _ in }) {
        var damping = 1e-3
        var best = cost()
        for round in 0..<rounds {
            progress(round)
            guard let (turns, moves) = step(damping: damping) else { return }
            let (cameras, points) = (self.cameras, self.points)
            apply(turns, moves)
            let now = cost()
            if now < best {
                let gain = best - now
                best = now
                damping = max(damping / 4, 1e-9)
                if gain < 1e-8 * best { return }
            } else {
                (self.cameras, self.points) = (cameras, points)
                damping *= 6
                if damping > 1e6 { return }
            }
        }
    }

    private mutating func apply(_ changes: [Double], _ moves: [Vector3]) {
        for index in cameras.indices {
            let c = changes[(index * Self.parameters)..<((index + 1) * Self.parameters)].map { $0 }
            let turn = Vector3(c[0], c[1], c[2])
            if let axis = turn.direction {
                cameras[index].placement.rotation =
                    Rotation(turn.length, round: axis) * cameras[index].placement.rotation
            }
            cameras[index].placement.translation += Vector3(c[3], c[4], c[5])
            cameras[index].focalLength *= exp(min(max(c[6], -0.3), 0.3))
        }
        for index in points.indices { points[index] += moves[index] }
    }

    /// What one sight says of its camera and its place.
    private struct Row {
        var camera: Int
        /// Two rows of seven, and of three.
        var cameraRows: [[Double]]
        var pointRows: [Vector3]
        var error: [Double]
        var weight: Double
    }

    private func row(_ observation: Observation) -> Row? {
        let camera = cameras[observation.camera]
        let turned = camera.placement.rotation * points[observation.point]
        let local = turned + camera.placement.translation
        guard local.z > 0.05 else { return nil }
        let seen = SIMD2(local.x, local.y) * (camera.focalLength / local.z)
        let off = observation.place - seen
        let perMetre = camera.focalLength / local.z
        let slopes = [Vector3(perMetre, 0, -seen.x / local.z), Vector3(0, perMetre, -seen.y / local.z)]
        let back = camera.placement.rotation.inverse
        let cameraRows = (0..<2).map { axis in
            let slope = slopes[axis]
            let turn = cross(turned, slope)
            let isFirst = observation.camera == 0
            let place = isFirst ? [0, 0, 0, 0, 0, 0] : [turn.x, turn.y, turn.z, slope.x, slope.y, slope.z]
            return place + [isFocalLengthKnown ? 0 : (axis == 0 ? seen.x : seen.y)]
        }
        return Row(
            camera: observation.camera, cameraRows: cameraRows, pointRows: slopes.map { back * $0 },
            error: [off.x, off.y], weight: observation.weight * Self.huber((off * off).sum().squareRoot()))
    }

    /// Changes of the cameras, shape (cameras × 7), and of the points; nil where they cannot be told.
    private func step(damping: Double) -> ([Double], [Vector3])? {
        let size = cameras.count * Self.parameters
        var matrix = [Double](repeating: 0, count: size * size)
        var right = [Double](repeating: 0, count: size)
        for index in cameras.indices {
            let k = index * Self.parameters + 6
            let weight = focalWeight / (Self.focalSpread * Self.focalSpread)
            matrix[k * size + k] += weight
            right[k] -= weight * Foundation.log(cameras[index].focalLength / expectedFocalLengths[index])
        }
        var eliminated: [(inverse: [Vector3], right: Vector3, rows: [Row])] = []
        eliminated.reserveCapacity(points.count)
        for point in points.indices {
            let rows = sights[point].compactMap { row(observations[$0]) }
            var (h, g) = ([Vector3](repeating: .zero, count: 3), Vector3.zero)
            for row in rows {
                for axis in 0..<2 {
                    let p = row.pointRows[axis] * row.weight
                    for k in 0..<3 { h[k] += row.pointRows[axis] * p[k] }
                    g += p * row.error[axis]
                    add(row, axis, to: &matrix, &right, size)
                }
            }
            for k in 0..<3 { h[k][k] += damping * h[k][k] + 1e-9 }
            guard let inverse = Self.inverse(h) else { return nil }
            eliminated.append((inverse, g, rows))
            eliminate(rows, inverse, g, &matrix, &right, size)
        }
        for k in 0..<size {
            matrix[k * size + k] += damping * abs(matrix[k * size + k])
            // What is held (the first camera's place, known focal lengths) has no row of its own.
            if matrix[k * size + k] < 1e-12 { matrix[k * size + k] = 1 }
        }
        guard let changes = Self.solve(&matrix, &right, size) else { return nil }
        let moves = eliminated.map { inverse, g, rows in
            var rest = g
            for row in rows {
                for axis in 0..<2 {
                    var shift = 0.0
                    for k in 0..<Self.parameters {
                        shift += row.cameraRows[axis][k] * changes[row.camera * Self.parameters + k]
                    }
                    rest -= row.pointRows[axis] * (row.weight * shift)
                }
            }
            return Vector3(dot(inverse[0], rest), dot(inverse[1], rest), dot(inverse[2], rest))
        }
        return (changes, moves)
    }

    private func add(_ row: Row, _ axis: Int, to matrix: inout [Double], _ right: inout [Double], _ size: Int) {
        let base = row.camera * Self.parameters
        for i in 0..<Self.parameters {
            let a = row.cameraRows[axis][i] * row.weight
            right[base + i] += a * row.error[axis]
            for k in 0..<Self.parameters { matrix[(base + i) * size + base + k] += a * row.cameraRows[axis][k] }
        }
    }

    private func eliminate(
        _ rows: [Row], _ inverse: [Vector3], _ g: Vector3, _ matrix: inout [Double], _ right: inout [Double],
        _ size: Int
    ) {
        // For each sight, its (7 × 3) product of camera and place.
        let products = rows.map { row in
            (0..<Self.parameters).map { k in
                (row.pointRows[0] * row.cameraRows[0][k] + row.pointRows[1] * row.cameraRows[1][k]) * row.weight
            }
        }
        for (a, row) in rows.enumerated() {
            for i in 0..<Self.parameters {
                let w = products[a][i]
                let turned = inverse[0] * w.x + inverse[1] * w.y + inverse[2] * w.z
                let line = row.camera * Self.parameters + i
                right[line] -= dot(turned, g)
                for (b, other) in rows.enumerated() {
                    for k in 0..<Self.parameters {
                        matrix[line * size + other.camera * Self.parameters + k] -= dot(turned, products[b][k])
                    }
                }
            }
        }
    }

    /// Of a symmetric matrix of three rows.
    private static func inverse(_ m: [Vector3]) -> [Vector3]? {
        let rows = [cross(m[1], m[2]), cross(m[2], m[0]), cross(m[0], m[1])]
        let determinant = dot(m[0], rows[0])
        guard abs(determinant) > 1e-18 else { return nil }
        return rows.map { $0 / determinant }
    }

    /// By Gauss's elimination with pivots.
    private static func solve(_ a: inout [Double], _ b: inout [Double], _ n: Int) -> [Double]? {
        for column in 0..<n {
            let pivot = (column..<n).max { abs(a[$0 * n + column]) < abs(a[$1 * n + column]) }!
            guard abs(a[pivot * n + column]) > 1e-15 else { return nil }
            if pivot != column {
                for k in 0..<n { a.swapAt(pivot * n + k, column * n + k) }
                b.swapAt(pivot, column)
            }
            for row in (column + 1)..<max(n, column + 1) {
                let share = a[row * n + column] / a[column * n + column]
                guard share != 0 else { continue }
                for k in column..<n { a[row * n + k] -= share * a[column * n + k] }
                b[row] -= share * b[column]
            }
        }
        var x = b
        for row in stride(from: n - 1, through: 0, by: -1) {
            for k in (row + 1)..<max(n, row + 1) { x[row] -= a[row * n + k] * x[k] }
            x[row] /= a[row * n + row]
        }
        return x.allSatisfy { $0.isFinite } ? x : nil
    }
}
