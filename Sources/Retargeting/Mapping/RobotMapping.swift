package import Robots

/// How a person's arms move a robot's: what stands in a mapping file.
package struct RobotMapping: Sendable, Hashable {
    /// Which arm of a person.
    package enum Side: String, Sendable, Hashable, CaseIterable { case left, right }

    /// What an arm follows.
    package enum Mode: String, Sendable, Hashable, CaseIterable {
        /// The directions of upper arm and forearm: for arms with four joints or more before the wrist.
        case armDirections = "arm_directions"
        /// The way from shoulder to wrist, as long as the arm's reach allows: for arms with three joints before the wrist.
        case wristVector = "wrist_vector"
    }

    /// Bounds of one joint's motion: radians (or metres) and seconds. What is nil is taken from `ArmMapping.bounds`,
    /// and positions and velocity at most as the URDF file has them.
    package struct Bounds: Sendable, Hashable {
        package var lower: Double?
        package var upper: Double?
        package var velocity: Double?
        package var acceleration: Double?
        package var jerk: Double?

        package init(
            lower: Double? = nil, upper: Double? = nil, velocity: Double? = nil, acceleration: Double? = nil,
            jerk: Double? = nil
        ) {
            self.lower = lower
            self.upper = upper
            self.velocity = velocity
            self.acceleration = acceleration
            self.jerk = jerk
        }
    }

    /// A gripper that closes as the hand does.
    package struct Grip: Sendable, Hashable {
        package var joint: String
        /// Its position with an open hand, and with a fist.
        package var open: Double
        package var closed: Double

        package init(joint: String, open: Double, closed: Double) {
            self.joint = joint
            self.open = open
            self.closed = closed
        }
    }

    /// One arm of the robot.
    package struct Arm: Sendable, Hashable {
        package var name: String
        /// The person's arm that it follows.
        package var side: Side
        package var mode: Mode
        /// Links whose origins are its shoulder, elbow and wrist.
        package var shoulder: String
        package var elbow: String
        package var wrist: String
        /// Joints that move, from base to tip; nil for all on the way to `tip`.
        package var joints: [String]?
        /// Last link of the arm; the wrist where nil.
        package var tip: String?
        /// Turns a person's trunk (x forward, y to the person's left, z up) into the robot's root frame.
        package var mount: Rotation
        /// Posture it starts from and goes back to, by joint, radians; the middle of the range where not told.
        package var rest: [String: Double]
        package var grip: Grip?

        package init(
            name: String, side: Side, mode: Mode, shoulder: String, elbow: String, wrist: String,
            joints: [String]? = nil, tip: String? = nil, mount: Rotation = .identity, rest: [String: Double] = [:],
            grip: Grip? = nil
        ) {
            self.name = name
            self.side = side
            self.mode = mode
            self.shoulder = shoulder
            self.elbow = elbow
            self.wrist = wrist
            self.joints = joints
            self.tip = tip
            self.mount = mount
            self.rest = rest
            self.grip = grip
        }
    }

    /// What stops it, and what it never does.
    package struct Safety: Sendable, Hashable {
        /// Without a usable sight of the person for so long it brakes.
        package var silence = Duration.milliseconds(100)
        /// Joints seen worse than this are not followed, 0…1.
        package var visibility = 0.5
        /// How long it takes to follow fully again after it stood, at least half a second.
        package var blend = Duration.milliseconds(500)
        /// Share of the velocity bounds that is used, 0…1.
        package var speed = 1.0
        /// Box in the robot's root frame that elbow, wrist and tip never leave, in metres.
        package var fence: Fence?
        /// Gesture during which alone it moves; nil for none.
        package var deadMan: String?
        /// Gesture that stops it until somebody resets it; nil for none.
        package var stopGesture: String?

        package init() {}
    }

    package struct Fence: Sendable, Hashable {
        package var lowest: Vector3
        package var highest: Vector3

        package init(lowest: Vector3, highest: Vector3) {
            self.lowest = lowest
            self.highest = highest
        }
    }

    /// A link's body for the check that the robot does not hit itself: all within `radius` of a line in the link's frame.
    package struct Capsule: Sendable, Hashable {
        package var link: String
        package var start: Vector3
        package var end: Vector3
        package var radius: Double

        package init(link: String, start: Vector3, end: Vector3, radius: Double) {
            self.link = link
            self.start = start
            self.end = end
            self.radius = radius
        }
    }

    /// The robot's name in events.
    package var robot: String
    package var arms: [Arm]
    /// Bounds of every joint that has none of its own.
    package var bounds = Bounds(velocity: 2, acceleration: 10, jerk: 1_000)
    /// Bounds by joint.
    package var jointBounds: [String: Bounds] = [:]
    package var safety = Safety()
    package var capsules: [Capsule] = []
    /// Links are kept so far apart, metres.
    package var clearance = 0.01
    /// Whether the robot is the person's mirror image: it faces the person and moves to the same side.
    package var isMirrored = false

    package init(robot: String, arms: [Arm]) {
        self.robot = robot
        self.arms = arms
    }
}
