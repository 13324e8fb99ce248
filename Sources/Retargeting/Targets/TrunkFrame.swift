import Foundation
import Robots
import Skeleton

/// How a person's trunk is turned: x forward, y to the person's left, z up, in world points' axes (x to image right, y
/// down, z away from the camera).
///
/// The depth of shoulders and hips is what a camera sees worst, and a trunk turns slowly, so its axes are low-passed.
/// Where the hips are not seen (somebody sits at a table) the picture's vertical stands in for the spine.
struct TrunkFrame: Sendable {
    /// Seconds in which a change is followed by two thirds.
    private static let inertia = 0.4

    private let joints: (leftShoulder: Int, rightShoulder: Int, leftHip: Int?, rightHip: Int?)
    private var left: Vector3?
    private var up = Vector3(0, -1, 0)
    private var time = 0.0

    /// Nil where the topology has no shoulders.
    init?(_ topology: SkeletonTopology) {
        guard let left = topology.index(of: "leftShoulder"), let right = topology.index(of: "rightShoulder") else {
            return nil
        }
        joints = (left, right, topology.index(of: "leftHip"), topology.index(of: "rightHip"))
    }

    /// Takes a pose seen at a time in seconds; gives the trunk's turn, nil where it cannot be told.
    mutating func update(_ pose: Pose, at time: Double, visibility: Double) -> Rotation? {
        guard let leftShoulder = pose.place(joints.leftShoulder), let rightShoulder = pose.place(joints.rightShoulder),
            let across = (leftShoulder - rightShoulder).direction
        else { return nil }
        let spine = spine(pose, from: (leftShoulder + rightShoulder) / 2, visibility) ?? [0, -1, 0]
        if let before = left {
            let share = 1 - exp(-max(0, time - self.time) / Self.inertia)
            left = before + (across - before) * share
            up += (spine - up) * share
        } else {
            (left, up) = (across, spine)
        }
        self.time = time
        guard let y = left?.direction, let z = (up - y * dot(up, y)).direction else { return nil }
        return Rotation(x: cross(y, z), y: y, z: z)
    }

    private func spine(_ pose: Pose, from shoulders: Vector3, _ visibility: Double) -> Vector3? {
        guard let left = joints.leftHip, let right = joints.rightHip,
            min(pose.confidence(of: left), pose.confidence(of: right)) >= visibility,
            let leftHip = pose.place(left), let rightHip = pose.place(right)
        else { return nil }
        return (shoulders - (leftHip + rightHip) / 2).direction
    }
}

extension Pose {
    /// Where a joint is, in metres; nil where that is not known.
    func place(_ joint: Int) -> Vector3? {
        guard !worldPoints.isEmpty, let point = worldPoints[joint] else { return nil }
        let place = Vector3(point)
        return place.sum().isFinite ? place : nil
    }

    /// How well a joint was seen, 0…1: nought where it was guessed, or is where it cannot be.
    func confidence(of joint: Int) -> Double {
        guard evidence(of: joint) != .guessed, !implausibleJoints.contains(joint) else { return 0 }
        if keypoints.isEmpty { return place(joint) == nil ? 0 : 1 }
        return keypoints[joint].map { Double($0.confidence) } ?? 0
    }
}
