package import Robots

/// What one joint's motion is held to: radians (or metres) and seconds.
package struct JointBounds: Sendable, Hashable {
    package var lower: Double
    package var upper: Double
    package var velocity: Double
    package var acceleration: Double
    package var jerk: Double

    package init(lower: Double, upper: Double, velocity: Double, acceleration: Double, jerk: Double) {
        self.lower = lower
        self.upper = upper
        self.velocity = velocity
        self.acceleration = acceleration
        self.jerk = jerk
    }

    package var middle: Double { lower.isFinite && upper.isFinite ? (lower + upper) / 2 : 0 }

    package func clamping(_ position: Double) -> Double { min(max(position, lower), upper) }
}

extension RobotMapping {
    /// Bounds of a joint: what is told of it, else of all joints, and never more than its URDF file has.
    package func bounds(of joint: KinematicChain.Joint) -> JointBounds { bounds(of: joint.name, joint.limits) }

    func bounds(of name: String, _ limits: RobotJoint.Limits) -> JointBounds {
        let own = jointBounds[name]
        let velocity = own?.velocity ?? bounds.velocity ?? limits.velocity
        return JointBounds(
            lower: max(own?.lower ?? -.infinity, limits.lower), upper: min(own?.upper ?? .infinity, limits.upper),
            velocity: min(velocity, limits.velocity), acceleration: own?.acceleration ?? bounds.acceleration ?? 10,
            jerk: own?.jerk ?? bounds.jerk ?? 1_000)
    }
}
