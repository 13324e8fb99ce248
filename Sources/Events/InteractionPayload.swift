package import Skeleton

/// Something one person does to another.
package struct InteractionPayload: Sendable, Hashable {
    package var track: TrackID
    /// To whom.
    package var other: TrackID
    package var label: String
    /// Whether the other does the same to them.
    package var isMutual: Bool
    /// 0…1.
    package var confidence: Float
    /// Media time at which it is judged to have begun.
    package var start: Duration
    /// Media time at which it is judged to have ended; nil before its end, and where that is the time of its last frame.
    package var end: Duration?

    package init(
        track: TrackID, other: TrackID, label: String, isMutual: Bool = false, confidence: Float, start: Duration,
        end: Duration? = nil
    ) {
        self.track = track
        self.other = other
        self.label = label
        self.isMutual = isMutual
        self.confidence = confidence
        self.start = start
        self.end = end
    }
}
