package import Robots

/// A person's arm as one frame shows it, in the frame of the trunk or, once mounted, of the robot: x forward, y to the
/// person's left, z up.
package struct ArmSight: Sendable, Hashable {
    /// Unit vector from shoulder to elbow, and from elbow to wrist.
    package var upperArm: Vector3
    package var forearm: Vector3
    /// From shoulder to wrist as a share of the person's arm length: as long as 1 where the arm is stretched.
    package var wrist: Vector3
    /// How well the worst seen joint of it was seen, 0…1.
    package var visibility: Double
    /// How open the hand is, 0 a fist … 1 open; nil where it was not seen.
    package var openness: Double?

    /// - Parameter lengths: of upper arm and forearm, in any unit.
    package init(
        upperArm: Vector3, forearm: Vector3, lengths: (upperArm: Double, forearm: Double), visibility: Double,
        openness: Double? = nil
    ) {
        self.upperArm = upperArm
        self.forearm = forearm
        wrist = (upperArm * lengths.upperArm + forearm * lengths.forearm) / (lengths.upperArm + lengths.forearm)
        self.visibility = visibility
        self.openness = openness
    }

    /// Whether there is something to follow in it: directions, and numbers that are some.
    var isUsable: Bool {
        upperArm.direction != nil && forearm.direction != nil && wrist.length < 2 && visibility.isFinite
    }
}
