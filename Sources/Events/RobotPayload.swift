package import Skeleton

/// Where the joints of a robot's arm are to be at one tick, and how it goes.
package struct RobotPayload: Sendable, Hashable {
    package enum Status: String, Sendable, Hashable, CaseIterable {
        /// It follows.
        case ok
        /// It follows as far as its bounds let it.
        case clamped
        /// The arm cannot do what the person does.
        case unreachable
        /// It brakes, or stands, until the person is seen again.
        case hold
        /// It was stopped, and stands until somebody resets it.
        case stopped
    }

    package var robot: String
    package var arm: String
    /// The person who leads; nil while nobody does.
    package var track: TrackID?
    /// In the order of the numbers below.
    package var jointNames: [String]
    /// Radians (metres of a joint that slides), a second, a second squared; shape (joints).
    package var positions: [Double]
    package var velocities: [Double]
    package var accelerations: [Double]
    /// Media time at which the joints are to be there.
    package var target: Duration
    package var status: Status
    /// Why it holds or stopped, in words; nil while it follows.
    package var message: String?
    /// Angles between the person's arm and the robot's, radians; nil where they are not what is followed.
    package var upperArmError: Double?
    package var forearmError: Double?
    /// How far the robot's wrist is from where it should be, metres; nil where it is not what is followed.
    package var wristError: Double?
    /// The gripper's position; nil without one.
    package var grip: Double?
    /// Whether no robot may be moved by this.
    package var isDryRun: Bool

    package init(
        robot: String, arm: String, track: TrackID? = nil, jointNames: [String], positions: [Double],
        velocities: [Double], accelerations: [Double], target: Duration, status: Status, message: String? = nil,
        isDryRun: Bool = true
    ) {
        self.robot = robot
        self.arm = arm
        self.track = track
        self.jointNames = jointNames
        self.positions = positions
        self.velocities = velocities
        self.accelerations = accelerations
        self.target = target
        self.status = status
        self.message = message
        self.isDryRun = isDryRun
    }
}
