import Robots
import Skeleton

/// Reads one arm of one person from poses, and learns how long its parts are.
struct ArmObserver: Sendable {
    /// Lengths are learnt for so long, seconds.
    private static let calibration = 3.0
    /// An arm with a part so many times too long is not believed; what looks short may point at the camera.
    private static let tolerance = 1.6
    /// Frames after which lengths are known well enough to doubt a frame.
    private static let acquaintance = 15

    private let side: RobotMapping.Side
    private let mount: Rotation
    private let isMirrored: Bool
    private let visibility: Double
    private var trunk: TrunkFrame?
    private var joints: (topology: SkeletonTopology, shoulder: Int, elbow: Int, wrist: Int)?
    private var upperArm = RunningMedian(capacity: 120)
    private var forearm = RunningMedian(capacity: 120)
    private var began: Double?

    init(_ arm: RobotMapping.Arm, _ mapping: RobotMapping) {
        side = arm.side
        mount = arm.mount
        isMirrored = mapping.isMirrored
        visibility = mapping.safety.visibility
    }

    /// Begins with another person.
    mutating func forget() {
        trunk = nil
        joints = nil
        began = nil
        upperArm = RunningMedian(capacity: 120)
        forearm = RunningMedian(capacity: 120)
    }

    /// What a pose seen at a time in seconds shows of the arm, in the robot's root frame; nil where it does not.
    mutating func sight(of pose: Pose, at time: Double) -> ArmSight? {
        guard let joints = joints(of: pose.topology), let shoulder = pose.place(joints.shoulder),
            let elbow = pose.place(joints.elbow), let wrist = pose.place(joints.wrist),
            let trunk = trunk?.update(pose, at: time, visibility: visibility),
            let upper = (elbow - shoulder).direction, let fore = (wrist - elbow).direction
        else { return nil }
        var seen = [joints.shoulder, joints.elbow, joints.wrist].map { pose.confidence(of: $0) }.min()!
        if seen >= visibility {
            seen = learn((elbow - shoulder).length, (wrist - elbow).length, at: time) ? seen : 0
        }
        let turn = trunk.inverse
        let vectors = [upper, fore].map { vector in
            var own = turn * vector
            if isMirrored { own.y = -own.y }
            return mount * own
        }
        // Directions and learnt lengths tell where the wrist is better than its distance, which a camera sees shortened.
        let lengths = (Double(upperArm.value ?? 0.30), Double(forearm.value ?? 0.26))
        return ArmSight(
            upperArm: vectors[0], forearm: vectors[1], lengths: lengths, visibility: seen,
            openness: pose.openness(of: side))
    }

    /// Whether the parts are about as long as they were.
    private mutating func learn(_ upper: Double, _ fore: Double, at time: Double) -> Bool {
        let began = began ?? time
        self.began = began
        if upperArm.count >= Self.acquaintance, let a = upperArm.value, let b = forearm.value {
            if max(upper / Double(a), fore / Double(b)) > Self.tolerance { return false }
        }
        if time - began <= Self.calibration {
            upperArm.add(Float(upper))
            forearm.add(Float(fore))
        }
        return true
    }

    private mutating func joints(of topology: SkeletonTopology) -> (shoulder: Int, elbow: Int, wrist: Int)? {
        if joints?.topology != topology {
            joints = nil
            trunk = TrunkFrame(topology)
            if let shoulder = topology.index(of: side.rawValue + "Shoulder"),
                let elbow = topology.index(of: side.rawValue + "Elbow"),
                let wrist = topology.index(of: side.rawValue + "Wrist")
            {
                joints = (topology, shoulder, elbow, wrist)
            }
        }
        return joints.map { ($0.shoulder, $0.elbow, $0.wrist) }
    }
}
