import Skeleton

/// Where both hands are: left x, y, z, right x, y, z, and two zeros, in the source's unit.
typealias HandPlaces = SIMD8<Float>

/// The way of two hands, whatever its place, size and speed: their directions at equal steps of time from its begin to
/// its end.
///
/// A direction is a hand's velocity in units of its own length, or of a share of how fast hands usually go on this way
/// where that is more: a slow hand counts as nearly still.
struct HandPath: Sendable {
    /// When it begins and ends, in seconds.
    let start: Double
    let end: Double
    /// (`count`), left hand and right hand in the order of `HandPlaces`.
    private(set) var directions: [SIMD8<Float>]

    static let count = 24
    /// Slower than this share of the usual peak is nearly still.
    private static let slowShare: Float = 0.3
    /// Steps by which one way may be ahead of the other in an alignment.
    private static let band = 8

    /// - Parameter places: at equal steps of time, at least two; nil where no hand moves.
    init?(_ places: ArraySlice<HandPlaces>, from start: Double, to end: Double) {
        guard places.count > 1 else { return nil }
        self.start = start
        self.end = end
        let path = (0..<Self.count).map { step -> HandPlaces in
            let place = Float(step) * Float(places.count - 1) / Float(Self.count - 1)
            let index = min(Int(place), places.count - 2)
            let (a, b) = (places[places.startIndex + index], places[places.startIndex + index + 1])
            return a + (b - a) * (place - Float(index))
        }
        let velocities = path.indices.map { step in
            let (before, after) = (max(0, step - 1), min(Self.count - 1, step + 1))
            return (path[after] - path[before]) / Float(after - before)
        }
        let speeds = velocities.map(Self.lengths)
        let sorted = speeds.flatMap { [$0.left, $0.right] }.sorted()
        let usual = sorted[sorted.count * 9 / 10]
        guard usual > 1e-6, usual.isFinite else { return nil }
        directions = zip(velocities, speeds).map { velocity, speed in
            let left = 1 / max(speed.left, Self.slowShare * usual)
            let right = 1 / max(speed.right, Self.slowShare * usual)
            return velocity * SIMD8(left, left, left, right, right, right, 0, 0)
        }
    }

    /// The same with each hand in the other's place.
    var exchanged: HandPath {
        var copy = self
        for index in directions.indices {
            let d = directions[index]
            copy.directions[index] = SIMD8(d[3], d[4], d[5], d[0], d[1], d[2], 0, 0)
        }
        return copy
    }

    /// How far it is from hands at rest, on average.
    var size: Float { directions.reduce(0) { $0 + ($1 * $1).sum().squareRoot() } / Float(Self.count) }

    /// How far two ways are from each other when they are aligned as well as can be (Sakoe and Chiba 1978), on average.
    func distance(to other: HandPath) -> Float {
        var costs = [Float](repeating: .infinity, count: Self.count + 1)
        costs[0] = 0
        for step in 0..<Self.count {
            var last = costs
            swap(&last, &costs)
            for index in costs.indices { costs[index] = .infinity }
            for index in max(0, step - Self.band)...min(Self.count - 1, step + Self.band) {
                let difference = directions[step] - other.directions[index]
                let cost = (difference * difference).sum().squareRoot()
                costs[index + 1] = cost + min(last[index], last[index + 1], costs[index])
            }
        }
        return costs[Self.count] / Float(Self.count)
    }

    private static func lengths(_ velocity: HandPlaces) -> (left: Float, right: Float) {
        let squares = velocity * velocity
        return (
            (squares[0] + squares[1] + squares[2]).squareRoot(), (squares[3] + squares[4] + squares[5]).squareRoot()
        )
    }
}
