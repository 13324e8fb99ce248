import Foundation
package import Skeleton

/// One person as a `.skeleton` file of NTU RGB+D (Shahroudy et al. 2016): 25 joints of the second Kinect, 30 frames a second,
/// metres from the camera. Joints that the source lacks have tracking state 0.
package enum NTUText {
    /// How far away people are put whose points are centred on the hips, in metres.
    private static let distance: Float = 3

    /// - Parameters:
    ///   - frames: world points of `topology` at 30 frames a second, x to image right, y down, z away.
    package static func text(_ frames: [[SIMD3<Float>?]], topology: SkeletonTopology) -> String {
        let common = CommonJointMapping(from: topology)
        let nearest = frames.joined().compactMap { $0?.z }.min() ?? 0
        let shift: Float = nearest > 0.1 ? 0 : distance
        let origins = SkeletonTopology.ntu25.jointNames.map { name -> [Int] in
            if let index = topology.index(of: name) { return [index] }
            for group in substitutes[name] ?? [] {
                let indices = group.compactMap { topology.index(of: $0) }
                if indices.count == group.count { return indices }
            }
            guard let joint = SkeletonTopology.common16.index(of: name) else { return [] }
            return switch common.origins[joint] {
            case .copied(let index): [index]
            case .derived(let indices): indices
            case .missing: []
            }
        }
        var text = "\(frames.count)\n"
        for frame in frames {
            text += "1\n1 0 1 1 1 1 0 0 0 2\n25\n"
            for joints in origins {
                let points = joints.compactMap { frame[$0] }
                guard !joints.isEmpty, points.count == joints.count else {
                    text += "0 0 0 0 0 nan nan 0 0 0 1 0\n"
                    continue
                }
                let p = points.reduce(.zero, +) / Float(points.count)
                // Kinect's x grows to image left and y up; where joints are in the colour picture is not known.
                text += "\(-p.x) \(-p.y) \(p.z + shift) 0 0 nan nan 0 0 0 1 2\n"
            }
        }
        return text
    }

    /// Joints whose mean stands in for one of Kinect's.
    private static let substitutes: [String: [[String]]] = [
        "leftHand": [["leftIndex", "leftPinky"], ["leftFingerBase"]],
        "rightHand": [["rightIndex", "rightPinky"], ["rightFingerBase"]],
        "leftHandTip": [["leftIndex"], ["leftHandIndex"]], "rightHandTip": [["rightIndex"], ["rightHandIndex"]],
        "leftFoot": [["leftFootIndex"], ["leftToeBase"], ["leftBigToe"]],
        "rightFoot": [["rightFootIndex"], ["rightToeBase"], ["rightBigToe"]],
        "chest": [["leftShoulder", "rightShoulder"]],
    ]
}
