import Foundation
import Skeleton

/// What is learned of one person's body: the bones, from world points, and the colours of the clothes. It tells people
/// apart, and a pose must agree with the bones to be possible.
struct BodyMeasures {
    /// The pairs of joints measured; a left and a right bone are learned as one.
    let bones: [Bone]
    private(set) var lengths: [RunningMedian]
    private(set) var colors: Appearance?
    private var colorCount: Float = 0
    private var lastTime: Duration?

    /// Bones are measured at most so often, so that the memory of 45 reaches back some seconds.
    private static let interval = Duration.milliseconds(60)
    /// How far the lengths that a pose network gives for one person differ from view to view, as a share.
    private static let viewSpread: Float = 0.1
    /// How far people differ.
    private static let peopleSpread: Float = 0.09
    /// Joints less trusted than this tell nothing of a bone.
    static let trust: Float = 0.5

    struct Bone {
        var kind: Int
        var from: Int
        var to: Int
    }

    private static let kinds: [[(String, String)]] = [
        [("leftShoulder", "rightShoulder")], [("leftHip", "rightHip")],
        [("leftShoulder", "leftHip"), ("rightShoulder", "rightHip")],
        [("leftShoulder", "leftElbow"), ("rightShoulder", "rightElbow")],
        [("leftElbow", "leftWrist"), ("rightElbow", "rightWrist")],
        [("leftHip", "leftKnee"), ("rightHip", "rightKnee")],
        [("leftKnee", "leftAnkle"), ("rightKnee", "rightAnkle")],
    ]

    init(topology: SkeletonTopology) {
        bones = Self.kinds.enumerated().flatMap { kind, pairs in
            pairs.compactMap { from, to in
                guard let from = topology.index(of: from), let to = topology.index(of: to) else { return nil }
                return Bone(kind: kind, from: from, to: to)
            }
        }
        lengths = Self.kinds.map { _ in RunningMedian() }
    }

    /// Learns from a pose.
    mutating func learn(_ pose: Pose, at time: Duration) {
        if let lastTime, time - lastTime < Self.interval { return }
        lastTime = time
        learn(pose.appearance)
        for bone in bones {
            guard let length = Self.length(of: bone, in: pose, trust: Self.trust) else { continue }
            lengths[bone.kind].add(log(length))
        }
    }

    private mutating func learn(_ appearance: Appearance?) {
        guard let appearance else { return }
        guard let known = colors else {
            colors = appearance
            colorCount = 1
            return
        }
        colorCount = min(colorCount + 1, 30)
        colors?.trunk += (appearance.trunk - known.trunk) / colorCount
        colors?.legs += (appearance.legs - known.legs) / colorCount
    }

    /// 1 where the colours are those learned … 0 where they are others'; 1 where nothing is known.
    func colorAffinity(to appearance: Appearance?) -> Float {
        guard let own = colors, let appearance else { return 1 }
        let trunk = own.trunk - appearance.trunk
        let legs = own.legs - appearance.legs
        return exp(-((trunk * trunk).sum() + (legs * legs).sum()) / (2 * 0.25 * 0.25))
    }

    /// How much likelier the colours are the same person's than somebody else's, as a logarithm.
    private func colorOdds(of other: BodyMeasures) -> Float {
        guard let own = colors, let theirs = other.colors else { return 0 }
        let same = Self.colorSpread * Self.colorSpread * (1 + 1 / colorCount + 1 / other.colorCount)
        let different = same + 2 * Self.clothesSpread * Self.clothesSpread
        var sum: Float = 0
        for difference in [own.trunk - theirs.trunk, own.legs - theirs.legs] {
            let square = (difference * difference).sum()
            sum += 0.5 * (square / different - square / same) + log(different / same)
        }
        // The channels of a colour go together: two of the three count.
        return max(-5, min(3, 0.67 * sum))
    }

    /// Spread of one person's colours as light and posture change, and of different people's.
    private static let colorSpread: Float = 0.06
    private static let clothesSpread: Float = 0.2

    /// How much likelier it is, as a logarithm, that `other` was measured on the same person than on somebody else.
    func likelihood(of other: BodyMeasures) -> Float {
        var sum: Float = 0
        for (own, theirs) in zip(lengths, other.lengths) {
            guard let a = own.value, let b = theirs.value, let s = own.spread, let t = theirs.spread else { continue }
            func doubt(_ spread: Float, _ count: Int) -> Float {
                // Successive frames err alike, so a tenth of them counts.
                let spread = max(spread, 0.03)
                return spread * spread / max(1, Float(count) / 10)
            }
            let same = doubt(s, own.count) + doubt(t, theirs.count) + Self.viewSpread * Self.viewSpread
            let different = same + 2 * Self.peopleSpread * Self.peopleSpread
            let difference = (a - b) * (a - b)
            sum += 0.5 * (difference / different - difference / same + log(different / same))
        }
        // Bones of one body err and vary together.
        return max(-2, min(2, 0.6 * sum)) + colorOdds(of: other)
    }

    /// The length of a bone in metres, from world points; nil when an end was not seen well.
    static func length(of bone: Bone, in pose: Pose, trust: Float) -> Float? {
        guard !pose.worldPoints.isEmpty, let a = pose.worldPoints[bone.from], let b = pose.worldPoints[bone.to] else {
            return nil
        }
        if !pose.keypoints.isEmpty {
            guard let from = pose.keypoints[bone.from], let to = pose.keypoints[bone.to],
                min(from.confidence, to.confidence) >= trust
            else { return nil }
        }
        let way = a - b
        let length = (way * way).sum().squareRoot()
        return length > 0.01 && length.isFinite ? length : nil
    }
}
