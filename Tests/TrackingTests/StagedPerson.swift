import Foundation
import Skeleton

/// A stick figure that can be put anywhere in a picture.
struct StagedPerson {
    /// Middle of the hips, in 0…1 of the picture.
    var x: Float
    var y: Float
    /// From head to foot, over the picture's height.
    var height: Float = 0.5
    /// How far the arms are raised, 0 down … 1 up: tells people apart.
    var arms: Float = 0
    var score: Float = 0.98

    static let aspectRatio: Float = 16 / 9

    var pose: Pose {
        let topology = SkeletonTopology.coco17
        let keypoints: [Keypoint?] = topology.jointNames.map { joint in
            let side: Float = joint.hasPrefix("left") ? 1 : joint.hasPrefix("right") ? -1 : 0
            var place = SIMD2<Float>(0, 0)
            let name = joint.lowercased()
            if name.contains("nose") || name.contains("eye") || name.contains("ear") {
                place = SIMD2(0.03 * side, -0.45)
            } else if name.contains("shoulder") {
                place = SIMD2(0.1 * side, -0.3)
            } else if name.contains("elbow") {
                place = SIMD2(0.14 * side, -0.15 - 0.25 * arms)
            } else if name.contains("wrist") {
                place = SIMD2(0.16 * side, -0.5 * arms)
            } else if name.contains("hip") {
                place = SIMD2(0.07 * side, 0)
            } else if name.contains("knee") {
                place = SIMD2(0.08 * side, 0.25)
            } else if name.contains("ankle") {
                place = SIMD2(0.08 * side, 0.5)
            }
            return Keypoint(x: x + place.x * height / Self.aspectRatio, y: y + place.y * height)
        }
        return Pose(topology: topology, keypoints: keypoints, score: score)
    }
}
