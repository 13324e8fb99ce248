package import Skeleton

/// What a tracker says of one frame.
package struct TrackerUpdate: Sendable, Equatable {
    /// Everybody confirmed and in sight, smoothed, in the order of their ids.
    package var people: [TrackedPose]
    /// Presence of people: label `person`, one begin when a track is confirmed and one end when it is removed.
    package var changes: [SegmentChange]

    package init(people: [TrackedPose] = [], changes: [SegmentChange] = []) {
        self.people = people
        self.changes = changes
    }
}
