/// How one joint comes to rest, and which steps leave it room to.
///
/// A step is allowed only if braking after it stays inside every bound. Braking itself is such a step whenever the step
/// before it was allowed, so from rest inside the bounds no bound is ever broken, jerk included.
package struct JointBrake: Sendable {
    package let bounds: JointBounds
    /// Seconds between ticks.
    package let tick: Double
    /// How much acceleration may change in a tick.
    private let change: Double
    /// Bounds are kept by this share of themselves, for rounding.
    private static let margin = 1e-9
    /// Slower and weaker than this is rest.
    private static let rest = 1e-10
    /// Halvings of an interval.
    private static let halvings = 10

    package init(_ bounds: JointBounds, tick: Double) {
        self.bounds = bounds
        self.tick = tick
        change = bounds.jerk * tick * (1 - Self.margin)
    }

    package func isAtRest(_ motion: JointMotion) -> Bool {
        abs(motion.velocity) < Self.rest && abs(motion.acceleration) < Self.rest / tick
    }

    /// The next acceleration on the quickest way to rest.
    ///
    /// A velocity that is a ramp's worth of deceleration (d, d - c, d - 2c, … with c the greatest change) ends exactly at
    /// nought; the strongest ramp that does not overshoot is taken.
    package func braking(_ motion: JointMotion) -> Double {
        let speed = abs(motion.velocity)
        let strongest = bounds.acceleration * (1 - Self.margin)
        let count = max(1, ((-1 + (1 + 8 * speed / (tick * change)).squareRoot()) / 2).rounded(.up))
        let deceleration = min(speed / (tick * count) + change * (count - 1) / 2, strongest)
        let wanted = motion.velocity > 0 ? -deceleration : deceleration
        return min(max(wanted, motion.acceleration - change), motion.acceleration + change)
    }

    /// One tick of braking; at rest a joint stays where it is.
    package func braked(_ motion: JointMotion) -> JointMotion {
        isAtRest(motion)
            ? JointMotion(position: motion.position) : motion.stepped(acceleration: braking(motion), by: tick)
    }

    /// Whether this motion, and braking after it, stay inside all bounds.
    package func stopsInside(_ motion: JointMotion) -> Bool {
        var motion = motion
        let greatest = bounds.velocity * (1 - Self.margin)
        // From the highest velocity it takes less than this many ticks.
        var ticks = 4_096
        while ticks > 0 {
            guard abs(motion.velocity) <= greatest, motion.position >= bounds.lower, motion.position <= bounds.upper
            else { return false }
            if isAtRest(motion) { return true }
            motion = motion.stepped(acceleration: braking(motion), by: tick)
            ticks -= 1
        }
        return false
    }

    /// Where it would come to rest.
    package func restingPosition(_ motion: JointMotion) -> Double {
        var motion = motion
        var ticks = 4_096
        while ticks > 0, !isAtRest(motion) {
            motion = motion.stepped(acceleration: braking(motion), by: tick)
            ticks -= 1
        }
        return motion.position
    }

    /// Next accelerations that are allowed, round the braking one.
    package func allowed(_ motion: JointMotion) -> ClosedRange<Double> {
        let brake = isAtRest(motion) ? 0 : braking(motion)
        let strongest = bounds.acceleration * (1 - Self.margin)
        let highest = max(brake, min(motion.acceleration + change, strongest))
        let lowest = min(brake, max(motion.acceleration - change, -strongest))
        return bound(motion, from: brake, to: lowest)...bound(motion, from: brake, to: highest)
    }

    /// The acceleration nearest to `far` that is allowed, on the way there from one that is.
    private func bound(_ motion: JointMotion, from near: Double, to far: Double) -> Double {
        if stopsInside(motion.stepped(acceleration: far, by: tick)) { return far }
        var (near, far) = (near, far)
        for _ in 0..<Self.halvings {
            let middle = (near + far) / 2
            if stopsInside(motion.stepped(acceleration: middle, by: tick)) { near = middle } else { far = middle }
        }
        return near
    }
}
