package import Skeleton

/// Lays lifted common joints into poses of any topology: joints that the common ones do not have go along with the common
/// joint nearest on the body, at its depth.
package struct PoseCompletion: Sendable {
    /// For each joint of the topology: the common joint it goes along with, and whether it is that joint.
    private let anchors: [(joint: Int, isItself: Bool)?]
    private let mapping: CommonJointMapping

    package init(topology: SkeletonTopology) {
        mapping = CommonJointMapping(from: topology)
        var anchors = [(joint: Int, isItself: Bool)?](repeating: nil, count: topology.count)
        for (common, origin) in mapping.origins.enumerated() {
            if case .copied(let joint) = origin { anchors[joint] = (common, true) }
        }
        // Face joints before all else go along with the head they stand for.
        for (common, origin) in mapping.origins.enumerated() where common == MotionSample.Joint.head {
            guard case .derived(let joints) = origin else { continue }
            for joint in joints where anchors[joint] == nil { anchors[joint] = (common, false) }
        }
        for _ in 0..<topology.count {
            var isChanged = false
            for edge in topology.inwardEdges {
                for (near, far) in [(edge.child, edge.parent), (edge.parent, edge.child)] where anchors[far] == nil {
                    guard let anchor = anchors[near] else { continue }
                    anchors[far] = (anchor.joint, false)
                    isChanged = true
                }
            }
            if !isChanged { break }
        }
        self.anchors = anchors
    }

    /// World points of every joint that was found in the picture; empty where a lifted joint is no number.
    ///
    /// - Parameters:
    ///   - places: where the common joints are in the picture, in picture heights from its middle.
    ///   - perMetre: how many picture heights a metre spans.
    package func worldPoints(
        of pose: Pose, lifted: LiftedPose, sample: FlatSample, aspectRatio: Float?, perMetre: Float
    ) -> [SIMD3<Float>?] {
        precondition(pose.topology == mapping.source, "a pose of \(mapping.source.name)")
        for joint in 0..<MotionSample.jointCount {
            guard (lifted.points[joint] * lifted.points[joint]).sum().isFinite else { return [] }
        }
        let aspect = aspectRatio ?? 1
        let middle = SIMD2<Float>(aspect / 2, 0.5)
        return pose.keypoints.enumerated().map { joint, keypoint in
            guard let keypoint, let anchor = anchors[joint] else { return nil }
            let point = lifted.points[anchor.joint]
            if anchor.isItself { return point }
            guard sample.isSeen(anchor.joint), perMetre > 1e-3 else { return nil }
            let way = (SIMD2(keypoint.x * aspect, keypoint.y) - middle - sample.image[anchor.joint]) / perMetre
            // Nothing of a head, a hand or a foot is further from it.
            guard (way * way).sum() < 0.25 else { return nil }
            return point + SIMD3(way.x, way.y, 0)
        }
    }
}
