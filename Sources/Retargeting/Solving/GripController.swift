import Robots

/// Opens and closes a gripper as a hand does, inside its bounds.
struct GripController: Sendable {
    private let grip: RobotMapping.Grip
    private let brake: JointBrake
    private var motion: JointMotion
    /// How quickly it closes what is left, a second.
    private static let gain = 8.0

    init(_ grip: RobotMapping.Grip, _ mapping: RobotMapping, _ robot: RobotDescription, tick: Double)
        throws(RetargetingError)
    {
        guard let index = robot.joint(named: grip.joint), let joint = robot.joints[index].limits else {
            throw RetargetingError("the gripper is the joint \(grip.joint), which \(robot.name) does not have")
        }
        let bounds = mapping.bounds(of: grip.joint, joint)
        self.grip = grip
        brake = JointBrake(bounds, tick: tick)
        motion = JointMotion(position: bounds.clamping(grip.open))
    }

    /// - Parameter openness: 0 a fist … 1 an open hand; nil brakes.
    mutating func tick(openness: Double?) -> Double {
        guard let openness else {
            motion = brake.braked(motion)
            return motion.position
        }
        let wanted = brake.bounds.clamping(grip.closed + (grip.open - grip.closed) * min(max(openness, 0), 1))
        let allowed = brake.allowed(motion)
        let acceleration = (Self.gain * (wanted - motion.position) - motion.velocity) / brake.tick
        let next = motion.stepped(
            acceleration: min(max(acceleration, allowed.lowerBound), allowed.upperBound), by: brake.tick)
        motion = brake.stopsInside(next) ? next : brake.braked(motion)
        return motion.position
    }
}
