/// How a joint of the common set comes about from a source topology.
package enum JointOrigin: Sendable, Hashable {
    /// The source has this very joint.
    case copied(Int)
    /// The mean of these source joints stands in for it.
    case derived([Int])
    /// The source tells nothing of it.
    case missing
}

/// Maps any known topology to `SkeletonTopology.common16`, saying for each joint whether it is copied or derived.
package struct CommonJointMapping: Sendable, Hashable {
    package let source: SkeletonTopology
    /// One origin for each of the 16 common joints.
    package let origins: [JointOrigin]

    package init(from source: SkeletonTopology) {
        self.source = source
        self.origins = SkeletonTopology.common16.jointNames.map { joint in
            if let index = source.index(of: joint) { return .copied(index) }
            for group in Self.substitutes[joint] ?? [] {
                let indices = group.compactMap { source.index(of: $0) }
                if indices.count == group.count { return .derived(indices) }
            }
            return .missing
        }
    }

    /// Joints whose mean stands in for a common joint, best first.
    private static let substitutes: [String: [[String]]] = [
        "pelvis": [["leftHip", "rightHip"]],
        "spine": [["chest"], ["leftShoulder", "rightShoulder", "leftHip", "rightHip"]],
        "neck": [["leftShoulder", "rightShoulder"]],
        "head": [["leftEar", "rightEar"], ["nose"], ["headTop"]],
    ]

    /// The common joints from one value a source joint; nil where a needed source joint is nil.
    package func points(from source: [SIMD3<Float>?]) -> [SIMD3<Float>?] {
        precondition(source.count == self.source.count, "one point a joint of \(self.source.name)")
        return points { source[$0] }
    }

    /// The common joints from what `source` gives for the index of each source joint that is needed.
    package func points(from source: (Int) -> SIMD3<Float>?) -> [SIMD3<Float>?] {
        origins.map { origin in
            switch origin {
            case .copied(let index): return source(index)
            case .derived(let indices):
                var sum = SIMD3<Float>.zero
                for index in indices {
                    guard let point = source(index) else { return nil }
                    sum += point
                }
                return sum / Float(indices.count)
            case .missing: return nil
            }
        }
    }
}
