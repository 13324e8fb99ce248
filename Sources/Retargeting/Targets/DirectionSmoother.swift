import Foundation
package import Robots

/// Smooths vectors that come frame by frame, and tells them and their rate at any moment a little before the newest: a
/// parabola through the last frames, by least squares with weights that fade with age (Savitzky and Golay 1964).
package struct DirectionSmoother: Sendable {
    package struct Settings: Sendable, Hashable {
        /// How fast weights fade with age where little moves, seconds.
        package var fade: Double
        /// They fade twice as fast at this speed, a second; three times at twice the speed (Casiez et al. 2012).
        package var quickness: Double
        /// Frames older than this are forgotten, seconds.
        package var memory: Double
        /// A pause longer than this makes all anew, seconds.
        package var patience: Double

        package init(
            fade: Double = 0.2, quickness: Double = 1.5, memory: Double = 0.8, patience: Double = 0.25
        ) {
            self.fade = fade
            self.quickness = quickness
            self.memory = memory
            self.patience = patience
        }
    }

    private let settings: Settings
    private var times: [Double] = []
    private var vectors: [[Vector3]] = []
    /// Value, rate and half the curvature at the newest frame, for each vector.
    private var parabolas: [(Vector3, Vector3, Vector3)] = []

    package init(_ settings: Settings = .init()) { self.settings = settings }

    /// When the newest frame was, in seconds.
    package var newest: Double? { times.last }

    package mutating func reset() {
        times.removeAll(keepingCapacity: true)
        vectors.removeAll(keepingCapacity: true)
        parabolas.removeAll(keepingCapacity: true)
    }

    /// Takes vectors seen at a time in seconds; a time not later than the last one is left out.
    package mutating func add(_ seen: [Vector3], at time: Double) {
        if let last = times.last {
            guard time > last else { return }
            if time - last > settings.patience { reset() }
        }
        times.append(time)
        vectors.append(seen)
        while let first = times.first, time - first > settings.memory {
            times.removeFirst()
            vectors.removeFirst()
        }
        fit()
    }

    /// Vectors and their rates at a time in seconds, not later than the newest frame; nil before the first.
    package func value(at time: Double) -> (vectors: [Vector3], rates: [Vector3])? {
        guard let newest else { return nil }
        let age = min(max(time - newest, -settings.memory), 0)
        return (
            parabolas.map { $0.0 + ($0.1 + $0.2 * age) * age }, parabolas.map { $0.1 + $0.2 * (2 * age) }
        )
    }

    private mutating func fit() {
        let newest = times[times.count - 1]
        let before = parabolas
        parabolas.removeAll(keepingCapacity: true)
        for v in vectors[0].indices {
            let speed = before.isEmpty ? 0 : before[v].1.length
            let fade = settings.fade / (1 + speed / settings.quickness)
            var moments = (0.0, 0.0, 0.0, 0.0, 0.0)
            var sums = (Vector3.zero, Vector3.zero, Vector3.zero)
            for (time, seen) in zip(times, vectors) {
                let age = time - newest
                let weight = exp(age / fade)
                let weights = (weight, weight * age, weight * age * age)
                moments.0 += weights.0
                moments.1 += weights.1
                moments.2 += weights.2
                moments.3 += weights.2 * age
                moments.4 += weights.2 * age * age
                sums.0 += seen[v] * weights.0
                sums.1 += seen[v] * weights.1
                sums.2 += seen[v] * weights.2
            }
            parabolas.append(Self.solve(moments, sums, count: times.count))
        }
    }

    private static func solve(
        _ m: (Double, Double, Double, Double, Double), _ y: (Vector3, Vector3, Vector3), count: Int
    ) -> (Vector3, Vector3, Vector3) {
        // One frame tells a place, four a speed, six a curvature.
        guard count >= 4 else { return (y.0 / m.0, .zero, .zero) }
        let line = m.0 * m.2 - m.1 * m.1
        guard count >= 6 else {
            return ((y.0 * m.2 - y.1 * m.1) / line, (y.1 * m.0 - y.0 * m.1) / line, .zero)
        }
        let a = m.2 * m.4 - m.3 * m.3
        let b = m.2 * m.3 - m.1 * m.4
        let c = m.1 * m.3 - m.2 * m.2
        let d = m.0 * m.4 - m.2 * m.2
        let e = m.1 * m.2 - m.0 * m.3
        let determinant = m.0 * a + m.1 * b + m.2 * c
        return (
            (y.0 * a + y.1 * b + y.2 * c) / determinant, (y.0 * b + y.1 * d + y.2 * e) / determinant,
            (y.0 * c + y.1 * e + y.2 * line) / determinant
        )
    }
}
