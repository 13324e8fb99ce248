import Skeleton

/// A place of the body that measures are taken at.
package enum BodyPoint: Int, Sendable, Hashable, CaseIterable {
    case head, leftShoulder, rightShoulder, leftElbow, rightElbow, leftWrist, rightWrist
    case leftHip, rightHip, leftKnee, rightKnee, leftAnkle, rightAnkle
    case midShoulder, midHip
    /// A whole hand with its fingers.
    case leftHand, rightHand

    /// The same place on the other side of the body; itself in the middle.
    package var mirrored: BodyPoint {
        switch self {
        case .head, .midShoulder, .midHip: self
        case .leftShoulder: .rightShoulder
        case .rightShoulder: .leftShoulder
        case .leftElbow: .rightElbow
        case .rightElbow: .leftElbow
        case .leftWrist: .rightWrist
        case .rightWrist: .leftWrist
        case .leftHip: .rightHip
        case .rightHip: .leftHip
        case .leftKnee: .rightKnee
        case .rightKnee: .leftKnee
        case .leftAnkle: .rightAnkle
        case .rightAnkle: .leftAnkle
        case .leftHand: .rightHand
        case .rightHand: .leftHand
        }
    }

    /// `left wrist`.
    package var words: String {
        "\(self)".reduce(into: "") { $0 += $1.isUppercase ? " " + $1.lowercased() : String($1) }
    }

    /// Joint names that stand for this place, best first; each group's mean is the place.
    var jointGroups: [[String]] {
        switch self {
        // Hands come with a pose, beside its joints.
        case .leftHand, .rightHand: []
        case .head: [["nose"], ["head"], ["leftEar", "rightEar"]]
        case .midShoulder: [["leftShoulder", "rightShoulder"], ["neck"]]
        case .midHip: [["leftHip", "rightHip"], ["pelvis"]]
        default: [["\(self)"]]
        }
    }
}

/// Where a topology keeps the body points: for each, the joints whose mean it is; empty where the topology lacks it.
struct BodyPointMap: Sendable {
    let topology: SkeletonTopology
    let joints: [[Int]]

    /// The groups of every point, made once.
    private static let groups = BodyPoint.allCases.map(\.jointGroups)

    init(_ topology: SkeletonTopology) {
        self.topology = topology
        self.joints = Self.groups.map { groups in
            for group in groups {
                let indices = group.compactMap { topology.index(of: $0) }
                if indices.count == group.count { return indices }
            }
            return []
        }
    }
}
