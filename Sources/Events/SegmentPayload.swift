package import Skeleton

/// Something one person does, or their being there.
package struct SegmentPayload: Sendable, Hashable {
    package var track: TrackID
    package var label: String
    /// 0…1.
    package var confidence: Float
    /// Media time at which it is judged to have begun.
    package var start: Duration
    /// Media time at which it is judged to have ended; nil before its end, and where that is the time of its last frame.
    package var end: Duration?
    /// What the joints rested on since then.
    package var joints: JointShares?
    /// Of a track: those it may have been exchanged with; nil when that can be excluded, empty when it may be somebody who
    /// had no track.
    package var mayBeSwappedWith: [TrackID]?

    package init(
        track: TrackID, label: String, confidence: Float, start: Duration, end: Duration? = nil,
        joints: JointShares? = nil, mayBeSwappedWith: [TrackID]? = nil
    ) {
        self.track = track
        self.label = label
        self.confidence = confidence
        self.start = start
        self.end = end
        self.joints = joints
        self.mayBeSwappedWith = mayBeSwappedWith
    }
}
