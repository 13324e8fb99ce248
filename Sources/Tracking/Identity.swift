import Skeleton

/// Who a track is: all that belongs to the person and not to the chain of detections that is just held to be theirs.
struct Identity {
    let id: TrackID
    /// Number of the segment that reports this person's presence.
    let segment: Int
    let firstSeen: Duration
    /// Motion when the person was last seen with nobody near, and bones learned at such times.
    var memory: Encounter.Memory
    /// With whom an exchange cannot be excluded; nil when it can. Empty when it may be with a stranger.
    private(set) var mayBeSwappedWith: Set<TrackID>?
    /// What the joints reported so far rested on.
    var joints = JointTally()
    /// Whether the doubt has risen since the last report.
    var hasNewDoubt = false

    init(id: TrackID, firstSeen: Duration, memory: Encounter.Memory) {
        self.id = id
        segment = id.value
        self.firstSeen = firstSeen
        self.memory = memory
    }

    mutating func doubt(_ other: TrackID?) {
        let before = mayBeSwappedWith
        mayBeSwappedWith = (before ?? []).union(other.map { [$0] } ?? [])
        if mayBeSwappedWith != before { hasNewDoubt = true }
    }
}
