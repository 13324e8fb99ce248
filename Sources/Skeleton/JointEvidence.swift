/// What the place of a joint rests on.
package enum JointEvidence: Sendable, Hashable, CaseIterable {
    /// The source saw it in this frame.
    case measured
    /// The source lost it a moment ago; its last motion was carried on.
    case filled
    /// The source gave a place without seeing the joint: hidden, outside the picture, or doubtful.
    case guessed
}

/// How many joints rest on what.
package struct JointTally: Sendable, Hashable {
    package var measured = 0
    package var filled = 0
    package var guessed = 0

    package init(measured: Int = 0, filled: Int = 0, guessed: Int = 0) {
        self.measured = measured
        self.filled = filled
        self.guessed = guessed
    }

    package var count: Int { measured + filled + guessed }

    /// Adds the joints of a pose; joints without a place do not count.
    package mutating func add(_ pose: Pose) {
        for joint in 0..<pose.topology.count where pose.hasPlace(of: joint) {
            switch pose.evidence(of: joint) {
            case .measured: measured += 1
            case .filled: filled += 1
            case .guessed: guessed += 1
            }
        }
    }

    package static func - (a: JointTally, b: JointTally) -> JointTally {
        JointTally(measured: a.measured - b.measured, filled: a.filled - b.filled, guessed: a.guessed - b.guessed)
    }

    /// The same as shares of one; nil when nothing was counted.
    package var shares: JointShares? {
        guard count > 0 else { return nil }
        let total = Float(count)
        return JointShares(
            measured: Float(measured) / total, filled: Float(filled) / total, guessed: Float(guessed) / total)
    }
}

/// Shares of joints that rest on what, which sum to 1.
package struct JointShares: Sendable, Hashable {
    package var measured: Float
    package var filled: Float
    package var guessed: Float

    package init(measured: Float, filled: Float, guessed: Float) {
        self.measured = measured
        self.filled = filled
        self.guessed = guessed
    }
}

extension Pose {
    package func evidence(of joint: Int) -> JointEvidence { evidence.isEmpty ? .measured : evidence[joint] }

    /// Whether the joint has a place, in the picture or in the world.
    package func hasPlace(of joint: Int) -> Bool {
        !keypoints.isEmpty && keypoints[joint] != nil || !worldPoints.isEmpty && worldPoints[joint] != nil
    }
}
