package import Skeleton

/// How people become the frames that a model's networks see: whom it looks at, what it takes of a pose, and how often.
package struct ActionInput: Sendable {
    enum Kind: Sendable {
        /// A body's motion over `SkeletonTopology.common16`, as networks that were trained here see it.
        case motion(PoseNormalisation, FeatureStandardisation)
        /// Joints in the picture, of bodies or of hands, as networks that were trained elsewhere see them.
        case keypoints(KeypointInput)
    }

    let kind: Kind
    /// Seconds from one frame to the next.
    package let period: Double

    init(_ kind: Kind, period: Double) {
        self.kind = kind
        self.period = period
    }

    /// Whether it looks at hands, which are only found where they are looked for.
    package var looksAtHands: Bool { if case .keypoints(let input) = kind { input.topology == .hand21 } else { false } }

    /// Whether it looks at bodies in space, as samples of motion.
    package var looksAtMotion: Bool { if case .motion = kind { true } else { false } }

    /// Of motion: what every channel of every joint is standardised with.
    package var standardisation: FeatureStandardisation? {
        if case .motion(_, let standardisation) = kind { standardisation } else { nil }
    }
}

/// What an input takes of one subject in one frame.
package enum ActionSample: Sendable {
    case motion(MotionSample)
    case keypoints(KeypointSample)

    /// Media time in seconds.
    package var time: Double {
        switch self {
        case .motion(let sample): sample.time
        case .keypoints(let sample): sample.time
        }
    }

    /// What a subject is like at a moment, from the samples before and after it: motion runs straight from one to the
    /// other, of keypoints the nearer sample stands.
    static func between(_ before: ActionSample, _ after: ActionSample, at time: Double) -> ActionSample {
        switch (before, after) {
        case (.motion(let a), .motion(let b)) where a.time < b.time:
            .motion(MotionResampling.between(a, b, at: time))
        case (.keypoints(let a), .keypoints(let b)) where abs(a.time - time) < abs(b.time - time): before
        default: after
        }
    }

    /// The same at another time.
    package func held(until time: Double) -> ActionSample {
        switch self {
        case .motion(var sample):
            sample.time = time
            return .motion(sample)
        case .keypoints(let sample): return .keypoints(KeypointSample(time: time, joints: sample.joints))
        }
    }
}
