package import Skeleton

/// A stretch of one person's skeletons, as they were seen.
package struct ClipMotion: Sendable, Equatable {
    /// The person at one moment.
    package struct Sample: Sendable, Equatable {
        /// Since the clip's beginning.
        package var offset: Duration
        /// Of the clip's topology; evidence, implausible joints and clothes are not kept.
        package var pose: Pose

        package init(offset: Duration, pose: Pose) {
            self.offset = offset
            self.pose = pose
        }
    }

    package let topology: SkeletonTopology
    /// Width over height of the picture that image points are fractions of; nil when unknown.
    package let aspectRatio: Float?
    /// Growing in time.
    package internal(set) var samples: [Sample]

    package init(topology: SkeletonTopology, aspectRatio: Float?, samples: [Sample] = []) {
        self.topology = topology
        self.aspectRatio = aspectRatio
        self.samples = samples
    }
}
