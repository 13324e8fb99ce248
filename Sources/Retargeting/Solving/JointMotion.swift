/// Where a joint is and how it moves at one tick: radians (or metres), seconds.
package struct JointMotion: Sendable, Hashable {
    package var position: Double
    package var velocity: Double
    package var acceleration: Double

    package init(position: Double, velocity: Double = 0, acceleration: Double = 0) {
        self.position = position
        self.velocity = velocity
        self.acceleration = acceleration
    }

    /// One tick later with this acceleration: velocities and accelerations are exactly the differences of positions.
    package func stepped(acceleration: Double, by tick: Double) -> JointMotion {
        let velocity = velocity + acceleration * tick
        return JointMotion(position: position + velocity * tick, velocity: velocity, acceleration: acceleration)
    }
}
