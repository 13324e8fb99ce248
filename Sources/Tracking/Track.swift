import Skeleton

/// One person over time: what was last seen of them, how they move, and where in its life the track is.
struct Track {
    /// Given when the track is confirmed.
    private(set) var id: TrackID?
    private(set) var state: TrackState = .tentative
    /// Number of the segment that reports this person's presence; given with the id.
    private(set) var segment = 0
    /// When the person was first and last seen.
    private(set) var firstSeen: Duration
    private(set) var lastSeen: Duration
    /// The last pose as it was measured, its middle and its size in picture heights.
    private(set) var pose: Pose
    private(set) var center: SIMD2<Float>
    private(set) var size: Float
    /// The first pose of this stretch in sight.
    private let firstPose: Pose
    /// Velocity of the middle, in picture heights a second.
    private(set) var velocity: SIMD2<Float> = .zero
    /// Mean score over all sightings.
    private(set) var score: Float
    private var sightings = 1
    private var smoother: PoseSmoother
    /// The last pose, smoothed.
    private(set) var smoothed: Pose

    /// Time constant in seconds over which the velocity is averaged.
    private static let velocityTimeConstant: Float = 0.25
    /// A person out of sight is thought to keep moving for so many seconds, then to stand.
    private static let coastingTime: Float = 0.5

    init(_ sighting: Sighting, at time: Duration, aspectRatio: Float, settings: TrackerSettings) {
        pose = sighting.pose
        firstPose = sighting.pose
        center = sighting.center
        size = sighting.size
        score = sighting.pose.score
        firstSeen = time
        lastSeen = time
        smoother = PoseSmoother(settings: settings)
        smoothed = smoother.update(sighting.pose, at: time, aspectRatio: aspectRatio, bodySize: sighting.size)
    }

    /// Where the middle should be now, moving on at a constant velocity.
    func predictedCenter(at time: Duration) -> SIMD2<Float> {
        center + velocity * min(Float((time - lastSeen).inSeconds), Self.coastingTime)
    }

    /// Takes in a new sighting; after a long gap velocity and smoothing start afresh.
    mutating func see(_ sighting: Sighting, at time: Duration, aspectRatio: Float, isContinuous: Bool = true) {
        let elapsed = Float((time - lastSeen).inSeconds)
        if isContinuous, elapsed > 0, elapsed <= Self.coastingTime {
            let measured = (sighting.center - center) / elapsed
            velocity += (measured - velocity) * (elapsed / (elapsed + Self.velocityTimeConstant))
        } else if elapsed > 0 {
            velocity = .zero
            smoother.reset()
        }
        pose = sighting.pose
        center = sighting.center
        size = sighting.size
        sightings += 1
        score += (pose.score - score) / Float(sightings)
        lastSeen = time
        if state == .lost { state = .tracked }
        smoothed = smoother.update(pose, at: time, aspectRatio: aspectRatio, bodySize: size)
    }

    /// Whether a tentative track has been seen long and well enough.
    func isConvincing(_ settings: TrackerSettings) -> Bool {
        state == .tentative && sightings >= settings.confirmationFrames
            && lastSeen - firstSeen >= settings.confirmationTime && score >= settings.confirmationScore
    }

    mutating func confirm(as id: TrackID, segment: Int) {
        self.id = id
        self.segment = segment
        state = .tracked
    }

    /// Carries on a lost track that turned out to be the same person.
    mutating func continueLife(of other: Track) {
        id = other.id
        segment = other.segment
        firstSeen = other.firstSeen
        state = .tracked
    }

    /// Notes that nobody matched in a frame; the state after it.
    mutating func miss(at time: Duration, settings: TrackerSettings) {
        switch state {
        case .tentative: if time - lastSeen > settings.tentativePatience { state = .removed }
        case .tracked, .lost: state = time - lastSeen > settings.patience ? .removed : .lost
        case .removed: break
        }
    }

    /// Removes the track without an end to report, after another has taken over its id.
    mutating func forget() {
        id = nil
        state = .removed
    }

    /// Whether the person was last seen at or beyond the picture's edge.
    func isLeaving(aspectRatio: Float) -> Bool { Self.touchesEdge(pose, aspectRatio: aspectRatio) }

    /// Whether the person was first seen at or beyond the picture's edge.
    func cameIn(aspectRatio: Float) -> Bool { Self.touchesEdge(firstPose, aspectRatio: aspectRatio) }

    /// Whether the middle of the body lies within half a body's width of a side edge or near the lower one; being cut
    /// off at the feet alone is usual for people close by.
    private static func touchesEdge(_ pose: Pose, aspectRatio: Float) -> Bool {
        guard !pose.keypoints.isEmpty, let extent = pose.extent(aspectRatio: aspectRatio) else { return false }
        let margin = extent.size / 6
        return extent.center.x < margin || extent.center.x > aspectRatio - margin || extent.center.y > 1 - margin
            || extent.center.y < 0
    }
}

/// A pose of the present frame with what matching needs of it.
struct Sighting {
    let pose: Pose
    /// Middle of the hips in picture heights.
    let center: SIMD2<Float>
    /// Diameter in picture heights of the circle round the middle that holds all joints.
    let size: Float
    /// Places of all joints relative to the middle.
    let shape: [SIMD2<Float>?]

    /// Nil for a pose without any joint or without extent.
    init?(_ pose: Pose, aspectRatio: Float) {
        guard let extent = pose.extent(aspectRatio: aspectRatio), extent.size > 0, extent.size.isFinite else {
            return nil
        }
        self.pose = pose
        center = extent.center
        size = extent.size
        shape = pose.places(aspectRatio: aspectRatio).map { place in place.map { $0 - extent.center } }
    }
}
