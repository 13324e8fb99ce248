import Foundation
package import Inference
import Skeleton

/// A network that lifts poses from the picture to space: it says how far each joint is from where it seems to be, and how
/// sure that is (Martinez et al. 2017 lift frame by frame; this one remembers, Pavllo et al. 2019).
package struct LiftingNetwork: Sendable {
    /// Numbers that the network says of a joint: x, y, z, and the logarithm of the deviation.
    package static let outputs = 4

    package let network: ContinualNetwork

    package init(_ network: ContinualNetwork) {
        precondition(
            network.speaksOfJoints && network.joints == MotionSample.jointCount
                && network.inputChannels == LiftingFeatures.channels && network.classes == Self.outputs,
            "a network from flat samples to joints")
        self.network = network
    }

    /// The layers of an architecture over the common joints.
    package static func layers(_ architecture: TemporalArchitecture) -> TemporalLayers {
        let topology = SkeletonTopology.common16
        return TemporalLayers(
            architecture: architecture, joints: topology.count,
            edges: topology.inwardEdges.map { ($0.child, $0.parent) }, center: topology.center)
    }

    /// - Parameters:
    ///   - said: x, y, z and logarithm of the deviation of a joint.
    ///   - guess: where it seems to be, in metres from the pelvis.
    package static func joint(_ said: SIMD4<Float>, guess: SIMD3<Float>) -> (point: SIMD3<Float>, deviation: Float) {
        (guess + SIMD3(said.x, said.y, said.z), exp(max(-7, min(1, said.w))))
    }
}
