import Skeleton

/// How large a body is, judged from the bones seen so far: the length that one torso would have.
///
/// Of each bone the upper quarter of its lengths is followed, where it is seen unforeshortened, by steps that shrink as
/// more is seen (Robbins and Monro 1951). The median over the bones is the size.
struct BodySize: Sendable {
    /// For each joint the length of the bone to its parent, 0 while it was never seen.
    private var lengths = InlineArray<16, Float>(repeating: 0)
    /// How often each was seen.
    private var counts = InlineArray<16, Float>(repeating: 0)
    /// In the points' own unit; 1 before any bone was seen.
    private(set) var torso: Float = 1

    private static let edges = SkeletonTopology.common16.inwardEdges
    /// How long each bone of the common set is, in torso lengths (pelvis to neck), on an average grown-up.
    private static let boneLengths: [Float] = [
        0, 0.5, 0.5, 0.4, 0.36, 0.56, 0.5, 0.36, 0.56, 0.5, 0.19, 0.8, 0.78, 0.19, 0.8, 0.78,
    ]

    /// Takes in the bones of one moment.
    mutating func take(_ sample: MotionSample) {
        var estimates = InlineArray<16, Float>(repeating: 0)
        var count = 0
        for edge in Self.edges {
            let joint = edge.child
            if sample.isSeen(joint), sample.isSeen(edge.parent) {
                let bone = sample.points[joint] - sample.points[edge.parent]
                follow(joint, length: (bone * bone).sum().squareRoot())
            }
            guard lengths[joint] > 0 else { continue }
            let estimate = lengths[joint] / Self.boneLengths[joint]
            var place = count
            while place > 0, estimates[place - 1] > estimate {
                estimates[place] = estimates[place - 1]
                place -= 1
            }
            estimates[place] = estimate
            count += 1
        }
        if count > 0, estimates[count / 2] > 1e-6 { torso = estimates[count / 2] }
    }

    private mutating func follow(_ joint: Int, length: Float) {
        guard lengths[joint] > 0 else {
            lengths[joint] = length
            return
        }
        counts[joint] += 1
        let step = max(0.02, 0.5 / (1 + 0.15 * counts[joint]))
        lengths[joint] *= length > lengths[joint] ? 1 + 0.75 * step : 1 - 0.25 * step
    }
}
