package import Robots

/// A person's arm as one frame shows it, in the frame of the trunk: x forward, y to the person's left, z up.
package struct ArmSight: Sendable, Hashable {
    /// Unit vector from shoulder to elbow, and from elbow to wrist.
    package var upperArm: Vector3
    package var forearm: Vector3
    /// From shoulder to wrist as a share of the person's arm length, 0…1 and a little over.
    package var reach: Double
    /// How well the worst seen joint of it was seen, 0…1.
    package var visibility: Double
    /// How open the hand is, 0 a fist … 1 open; nil where it was not seen.
    package var openness: Double?

    package init(upperArm: Vector3, forearm: Vector3, reach: Double, visibility: Double, openness: Double? = nil) {
        self.upperArm = upperArm
        self.forearm = forearm
        self.reach = reach
        self.visibility = visibility
        self.openness = openness
    }

    /// From shoulder to wrist as a share of the person's arm length, where its segments are as long as each other.
    package var wristVector: Vector3 {
        let sum = upperArm + forearm
        return sum.length > 1e-6 ? sum * (reach / sum.length) : .zero
    }

    /// Whether there is something to follow in it: directions, and numbers that are some.
    var isUsable: Bool {
        upperArm.direction != nil && forearm.direction != nil && (0...2).contains(reach) && visibility.isFinite
    }
}
