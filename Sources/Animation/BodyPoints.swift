package import Skeleton

/// Places on a body that bones lead to.
package enum BodyPoint: Int, Sendable, CaseIterable {
    case pelvis, neck, head, nose, leftEar, rightEar
    case leftShoulder, leftElbow, leftWrist, leftHand, leftIndex, leftPinky
    case rightShoulder, rightElbow, rightWrist, rightHand, rightIndex, rightPinky
    case leftHip, leftKnee, leftAnkle, leftToe
    case rightHip, rightKnee, rightAnkle, rightToe
}

/// Takes the places on a body from the joints of any topology, and turns them: x to image right, y up, z to the camera, so
/// that somebody who looks into the camera looks along z and has the left at x.
package struct BodyPointMapping: Sendable {
    /// For each place the joints whose mean it is; empty where the topology tells nothing of it.
    private let joints: [[Int]]

    /// Joints whose mean is the place, best first. The middles of hips and shoulders come first for pelvis and neck: sources
    /// that have such joints of their own do not agree where they are.
    private static func choices(_ place: BodyPoint) -> [[String]] {
        switch place {
        case .pelvis: [["leftHip", "rightHip"], ["pelvis"]]
        case .neck: [["leftShoulder", "rightShoulder"], ["neck"]]
        case .head: [["leftEar", "rightEar"], ["head"], ["nose"], ["headTop"]]
        case .leftHand: hand("left")
        case .rightHand: hand("right")
        case .leftToe: toe("left")
        case .rightToe: toe("right")
        default: [["\(place)"]]
        }
    }

    private static func hand(_ side: String) -> [[String]] {
        [[side + "Index", side + "Pinky"], [side + "Hand"], [side + "FingerBase"], [side + "HandTip"]]
    }

    private static func toe(_ side: String) -> [[String]] {
        [[side + "FootIndex"], [side + "ToeBase"], [side + "BigToe"], [side + "Foot"]]
    }

    package init(from topology: SkeletonTopology) {
        joints = BodyPoint.allCases.map { place in
            for names in Self.choices(place) {
                let indices = names.compactMap { topology.index(of: $0) }
                if indices.count == names.count { return indices }
            }
            return []
        }
    }

    /// The places, one entry a `BodyPoint`, in metres; nil where a joint that is needed is.
    package func points(from world: [SIMD3<Float>?]) -> [SIMD3<Float>?] {
        joints.map { indices in
            guard !indices.isEmpty else { return nil }
            var sum = SIMD3<Float>.zero
            for index in indices {
                guard let point = world[index] else { return nil }
                sum += point
            }
            sum /= Float(indices.count)
            return [sum.x, -sum.y, -sum.z]
        }
    }
}
