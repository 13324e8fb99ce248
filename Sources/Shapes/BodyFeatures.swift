package import Skeleton

/// What the network for body signals looks at: thirteen joints in the plane of the picture, without place and size, and
/// the directions of the limbs. A joint that was not seen is told as such.
package enum BodyFeatures {
    /// The joints, in order.
    package static let joints = [
        "nose", "leftShoulder", "rightShoulder", "leftElbow", "rightElbow", "leftWrist", "rightWrist", "leftHip",
        "rightHip", "leftKnee", "rightKnee", "leftAnkle", "rightAnkle",
    ]
    /// Both ends of each limb, as indices of `joints`.
    private static let limbs = [
        (1, 3), (2, 4), (3, 5), (4, 6), (7, 9), (8, 10), (9, 11), (10, 12), (1, 7), (2, 8), (1, 2), (7, 8),
    ]
    package static let count = 3 * joints.count + 2 * limbs.count
    /// Shoulders, hips and one arm must be seen, or nothing is said.
    private static let needed = [1, 2, 7, 8]

    /// Places of the joints, in units of the picture's height; nil where one was not seen.
    ///
    /// - Parameter leastConfidence: joints trusted less count as not seen.
    package static func places(
        of pose: Pose, aspectRatio: Float, leastConfidence: Float = 0.3
    ) -> [SIMD2<Float>?] {
        let places = pose.places(aspectRatio: aspectRatio)
        return joints.map { name in
            guard let index = pose.topology.index(of: name == "nose" ? headName(pose.topology) : name),
                index < places.count
            else { return nil }
            if !pose.keypoints.isEmpty, pose.keypoints[index].map({ $0.confidence < leastConfidence }) ?? true {
                return nil
            }
            return places[index]
        }
    }

    private static func headName(_ topology: SkeletonTopology) -> String {
        topology.index(of: "nose") == nil ? "head" : "nose"
    }

    /// Writes the features of a body.
    ///
    /// - Parameters:
    ///   - places: one a joint, y down, in any unit.
    ///   - features: receives `count` values.
    /// - Returns: false where the trunk was not seen, or places are no numbers.
    package static func write(_ places: [SIMD2<Float>?], into features: inout [Float]) -> Bool {
        precondition(
            places.count == joints.count && features.count == count, "a place a joint and room for the features")
        guard needed.allSatisfy({ places[$0] != nil }) else { return false }
        var known: [SIMD2<Float>] = []
        known.reserveCapacity(places.count)
        for case let place? in places { known.append(place) }
        guard let points = PlaneShape.normalised(known) else { return false }
        var next = 0
        func put(_ value: Float) {
            features[next] = value
            next += 1
        }
        var all = places
        var taken = 0
        for index in all.indices where all[index] != nil {
            all[index] = points[taken]
            taken += 1
        }
        for point in all {
            put(point?.x ?? 0)
            put(point?.y ?? 0)
            put(point == nil ? 1 : 0)
        }
        for (first, second) in limbs {
            guard let a = all[first], let b = all[second] else {
                put(0)
                put(0)
                continue
            }
            let length = PlaneShape.distance(a, b) + 0.05
            put((b.x - a.x) / length)
            put((b.y - a.y) / length)
        }
        return true
    }
}
