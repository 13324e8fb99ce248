/// The worst use of each bound by a stream of positions, by their differences alone: as a share of the bound, and of
/// positions how far outside, radians: for those who judge.
package struct BoundsUse: Sendable {
    package private(set) var outside = -Double.infinity
    package private(set) var velocity = 0.0
    package private(set) var acceleration = 0.0
    package private(set) var jerk = 0.0
    /// Values outside a bound by more than the rounding of differences of positions.
    package private(set) var violations = 0

    private let bounds: [JointBounds]
    private let tick: Double
    /// Positions, velocities and accelerations of the tick before.
    private var last: (q: [Double], v: [Double], a: [Double])?

    package init(_ bounds: [JointBounds], tick: Double) {
        self.bounds = bounds
        self.tick = tick
    }

    /// - Parameter q: positions of one tick, shape (joints).
    package mutating func add(_ q: [Double]) {
        let v = last.map { last in zip(q, last.q).map { ($0 - $1) / tick } } ?? q.map { _ in 0 }
        let a = last.map { last in zip(v, last.v).map { ($0 - $1) / tick } } ?? q.map { _ in 0 }
        for joint in bounds.indices {
            let bound = bounds[joint]
            let beyond = max(q[joint] - bound.upper, bound.lower - q[joint])
            let jerk = last.map { abs(a[joint] - $0.a[joint]) / tick / bound.jerk } ?? 0
            let uses = [abs(v[joint]) / bound.velocity, abs(a[joint]) / bound.acceleration, jerk]
            outside = max(outside, beyond)
            velocity = max(velocity, uses[0])
            acceleration = max(acceleration, uses[1])
            self.jerk = max(self.jerk, uses[2])
            if !(beyond <= 0) || !(uses[0] <= 1 + 1e-9) || !(uses[1] <= 1 + 1e-6) || !(uses[2] <= 1 + 1e-5) {
                violations += 1
            }
        }
        last = (q, v, a)
    }
}
