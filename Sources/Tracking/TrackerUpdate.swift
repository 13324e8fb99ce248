package import Skeleton

/// What a tracker says of one frame.
package struct TrackerUpdate: Sendable, Equatable {
    /// Everybody confirmed and in sight, smoothed, in the order of their ids; and those lost a moment ago, with all joints
    /// `filled`.
    package var people: [TrackedPose]
    /// Presence of people: label `person`, one begin when a track is confirmed, an update when it comes into doubt whose it
    /// is, and one end when it is removed.
    package var changes: [SegmentChange]
    /// How far the smoothed joints trail the measured ones, fast joints counting more than slow ones: the median of the
    /// people; nil while nobody moves. It belongs to the latency of whatever is recognised from these poses.
    package var smoothingDelay: Duration?

    package init(people: [TrackedPose] = [], changes: [SegmentChange] = [], smoothingDelay: Duration? = nil) {
        self.people = people
        self.changes = changes
        self.smoothingDelay = smoothingDelay
    }
}
