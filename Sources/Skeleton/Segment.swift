/// What somebody does, alone or to another, or their being there: what stages report and events say.
package struct Segment: Sendable, Hashable {
    package var track: TrackID
    /// To whom it is done; nil for what somebody does alone.
    package var other: TrackID?
    package var label: String
    /// Whether the other does the same; an update or the end may say so when the begin did not.
    package var isMutual: Bool
    /// Calibrated probability where the source has one, else a degree of membership, 0…1.
    package var confidence: Float
    /// Media time at which it is estimated to have begun; at or before the begin's presentation time.
    package var start: Duration
    /// Media time at which it is estimated to have ended; nil before its end, and where that is the time of its last frame.
    package var end: Duration?
    /// What the joints rested on from the start until now; nil when unknown.
    package var joints: JointShares?
    /// Of a person's presence: the tracks that this one may have been exchanged with, for all that could be seen; nil
    /// when that can be excluded, empty when it may be with somebody who had no track.
    package var mayBeSwappedWith: [TrackID]?
    /// Of an action, on its begin: the probability from which on one is told, 0…1.
    package var threshold: Float?
    /// Of an action, on updates and its end: the highest threshold at which it would have been told by now, 0…1.
    package var peak: Float?

    package init(
        track: TrackID, other: TrackID? = nil, label: String, isMutual: Bool = false, confidence: Float,
        start: Duration, end: Duration? = nil, joints: JointShares? = nil, mayBeSwappedWith: [TrackID]? = nil,
        threshold: Float? = nil, peak: Float? = nil
    ) {
        self.track = track
        self.other = other
        self.label = label
        self.isMutual = isMutual
        self.confidence = confidence
        self.start = start
        self.end = end
        self.joints = joints
        self.mayBeSwappedWith = mayBeSwappedWith
        self.threshold = threshold
        self.peak = peak
    }
}
