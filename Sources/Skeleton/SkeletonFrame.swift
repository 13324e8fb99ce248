/// A pose and whose it is.
package struct TrackedPose: Sendable, Equatable {
    package var track: TrackID
    package var pose: Pose

    package init(track: TrackID, pose: Pose) {
        self.track = track
        self.pose = pose
    }
}

/// Everyone seen by one camera at one moment: what stages after tracking work on, and what is recorded for replay.
package struct SkeletonFrame: Sendable, Equatable {
    package var camera: String
    /// Counts from 0 over the frames of the source, dropped ones included.
    package var index: Int
    /// Media time since the source's beginning.
    package var presentationTime: Duration
    /// When it was taken, since 1970 UTC, where the source says so.
    package var captureTime: Duration?
    /// Width over height of the picture that image points are fractions of; nil when unknown.
    package var aspectRatio: Float?
    package var people: [TrackedPose]
    /// Whether the tracks tell who is who over time; if not, they only number the people of this frame.
    package var hasTracks: Bool

    package init(
        camera: String, index: Int, presentationTime: Duration, aspectRatio: Float? = nil, people: [TrackedPose],
        hasTracks: Bool = true
    ) {
        self.camera = camera
        self.index = index
        self.presentationTime = presentationTime
        self.aspectRatio = aspectRatio
        self.people = people
        self.hasTracks = hasTracks
    }
}
