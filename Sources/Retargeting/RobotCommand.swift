/// Where the joints of one arm are to be at one tick, and how it goes.
package struct RobotCommand: Sendable, Hashable {
    package enum Status: String, Sendable, Hashable, CaseIterable {
        /// It follows.
        case ok
        /// It follows as far as bounds let it.
        case clamped
        /// The arm cannot do what the person does.
        case unreachable
        /// It brakes, or stands, until the person is seen again.
        case hold
        /// It was stopped, and stands until somebody resets it.
        case stopped
    }

    package var arm: String
    /// Radians (metres), a second, a second squared; shape (joints), in the order of `ArmController.jointNames`.
    package var positions: [Double]
    package var velocities: [Double]
    package var accelerations: [Double]
    package var status: Status
    /// Why it holds or stopped, in words; nil while it follows.
    package var reason: String?
    /// Angle between the person's and the robot's upper arm, radians; nil while nobody is followed or in wrist mode.
    package var upperArmError: Double?
    /// Angle between the person's and the robot's forearm, radians.
    package var forearmError: Double?
    /// Distance of the robot's wrist from where it should be, metres; nil but in wrist mode.
    package var wristError: Double?
    /// The gripper's position; nil without one.
    package var grip: Double?

    package init(
        arm: String, positions: [Double], velocities: [Double], accelerations: [Double], status: Status,
        reason: String? = nil
    ) {
        self.arm = arm
        self.positions = positions
        self.velocities = velocities
        self.accelerations = accelerations
        self.status = status
        self.reason = reason
    }
}
