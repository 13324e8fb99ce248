import Foundation
import Skeleton

/// What no healthy body does: bones that change their length, and joints bent too far or the wrong way.
struct BodyLimits {
    private let folds: [(joint: Int, from: Int, to: Int, least: Float)]
    private let knees: [(knee: Int, hip: Int, ankle: Int, heel: Int, toe: Int)]

    /// The sharpest angles in radians between the bones at a joint; flesh and bone are in each other's way below.
    private static let sharpest: [(JointAngle, Float)] = [
        (.leftElbow, 0.3), (.rightElbow, 0.3), (.leftKnee, 0.3), (.rightKnee, 0.3), (.leftHip, 0.2), (.rightHip, 0.2),
    ]
    /// A knee bends forward by more than this, in radians, only when broken.
    private static let hyperextension: Float = 0.45
    /// A bone may be longer or shorter than its learned length by this factor.
    private static let lengthFactor: Float = 1.35
    /// A length is known once so many measurements were taken.
    private static let knownFrom = 20

    init(topology: SkeletonTopology) {
        folds = Self.sharpest.compactMap { angle, least in
            let (a, vertex, b) = angle.joints
            guard let i = topology.index(of: a), let j = topology.index(of: vertex), let k = topology.index(of: b)
            else {
                return nil
            }
            return (j, i, k, least)
        }
        knees = ["left", "right"].compactMap { side in
            let joints = ["Knee", "Hip", "Ankle", "Heel", "FootIndex"].compactMap { topology.index(of: side + $0) }
            guard joints.count == 5 else { return nil }
            return (joints[0], joints[1], joints[2], joints[3], joints[4])
        }
    }

    /// The joints, ascending, at which a pose is impossible for this person; empty without world points.
    func violations(of pose: Pose, _ measures: BodyMeasures) -> [Int] {
        guard !pose.worldPoints.isEmpty else { return [] }
        var joints = Set(wronglyLong(pose, measures))
        for fold in folds {
            guard let a = pose.worldPoints[fold.from], let b = pose.worldPoints[fold.to],
                let vertex = pose.worldPoints[fold.joint], let angle = JointAngle.between(a, b, at: vertex)
            else { continue }
            if angle < fold.least { joints.insert(fold.joint) }
        }
        for knee in knees where isHyperextended(knee, pose) { joints.insert(knee.knee) }
        return joints.sorted()
    }

    /// The far ends of bones whose length is not this person's.
    private func wronglyLong(_ pose: Pose, _ measures: BodyMeasures) -> [Int] {
        measures.bones.compactMap { bone in
            let known = measures.lengths[bone.kind]
            guard known.count >= Self.knownFrom, let usual = known.value,
                let length = BodyMeasures.length(of: bone, in: pose, trust: 0)
            else { return nil }
            return abs(log(length) - usual) > log(Self.lengthFactor) ? bone.to : nil
        }
    }

    /// Whether a knee is bent to the side that the foot points away from.
    private func isHyperextended(
        _ leg: (knee: Int, hip: Int, ankle: Int, heel: Int, toe: Int), _ pose: Pose
    ) -> Bool {
        guard let knee = pose.worldPoints[leg.knee], let hip = pose.worldPoints[leg.hip],
            let ankle = pose.worldPoints[leg.ankle], let heel = pose.worldPoints[leg.heel],
            let toe = pose.worldPoints[leg.toe], let angle = JointAngle.between(hip, ankle, at: knee),
            .pi - angle > Self.hyperextension
        else { return false }
        let leg = ankle - hip
        let length = (leg * leg).sum()
        guard length > 0 else { return false }
        func across(_ v: SIMD3<Float>) -> SIMD3<Float> { v - leg * ((v * leg).sum() / length) }
        let bend = across(knee - hip)
        let forward = across(toe - heel)
        let product = (bend * forward).sum()
        return product < -0.7 * ((bend * bend).sum() * (forward * forward).sum()).squareRoot()
    }
}
