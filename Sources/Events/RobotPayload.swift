package import Skeleton

/// Joint targets for a robot.
package struct RobotPayload: Sendable, Hashable {
    package struct Joint: Sendable, Hashable {
        package var name: String
        /// Radians, or metres for a sliding joint.
        package var position: Float

        package init(name: String, position: Float) {
            self.name = name
            self.position = position
        }
    }

    package var robot: String
    /// Whose movement it follows.
    package var track: TrackID?
    /// Such as `following` or `holding`.
    package var state: String
    package var joints: [Joint]

    package init(robot: String, track: TrackID? = nil, state: String, joints: [Joint] = []) {
        self.robot = robot
        self.track = track
        self.state = state
        self.joints = joints
    }
}
