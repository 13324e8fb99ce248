import Skeleton

/// How many picture heights a metre spans at one person's distance, from the bones in the picture.
///
/// A bone looks at most as long as it is, so the longest-looking ones of a body of usual proportions tell best; of them
/// the third longest is taken, since single joints are found wrongly. What was seen in the last seconds counts as well: somebody who
/// bends towards the camera does not become smaller.
package struct BodyScale: Sendable {
    /// Usual lengths of bones, in metres, by child joint of `common16`; 0 for those that are not looked at.
    private static let lengths: [Float] = [
        0, 0, 0.5, 0, 0.18, 0.27, 0.25, 0.18, 0.27, 0.25, 0.1, 0.41, 0.41, 0.1, 0.41, 0.41,
    ]
    private static let bones: [(child: Int, parent: Int, length: Float)] = {
        var bones = SkeletonTopology.common16.inwardEdges.compactMap { edge in
            lengths[edge.child] > 0 && edge.child != 2
                ? (child: edge.child, parent: edge.parent, length: lengths[edge.child]) : nil
        }
        // The trunk as a whole.
        bones.append((child: MotionSample.Joint.neck, parent: MotionSample.Joint.pelvis, length: lengths[2]))
        return bones
    }()
    /// Seconds in which a larger size takes over, and in which it is forgotten.
    private static let rise: Float = 0.15
    private static let fall: Float = 4

    /// Picture heights a metre; nil before anything was seen.
    package private(set) var perMetre: Float?
    private var time: Double = 0

    package init() {}

    package mutating func take(_ sample: FlatSample) {
        var (first, second, third): (Float, Float, Float) = (0, 0, 0)
        for bone in Self.bones where sample.isSeen(bone.child) && sample.isSeen(bone.parent) {
            let way = sample.image[bone.child] - sample.image[bone.parent]
            let scale = (way * way).sum().squareRoot() / bone.length
            if scale > first {
                (first, second, third) = (scale, first, second)
            } else if scale > second {
                (second, third) = (scale, second)
            } else if scale > third {
                third = scale
            }
        }
        guard third > 0 else { return }
        guard let before = perMetre else {
            perMetre = third
            time = sample.time
            return
        }
        let step = Float(max(0, sample.time - time))
        time = sample.time
        let share = min(1, step / (third > before ? Self.rise : Self.fall))
        perMetre = before + (third - before) * share
    }
}
