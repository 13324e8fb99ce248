package import Skeleton

/// Something one person does to another.
package struct InteractionPayload: Sendable, Hashable {
    package var track: TrackID
    /// To whom.
    package var other: TrackID
    package var label: String
    /// 0…1.
    package var confidence: Float
    /// Media time at which it is judged to have begun.
    package var start: Duration

    package init(track: TrackID, other: TrackID, label: String, confidence: Float, start: Duration) {
        self.track = track
        self.other = other
        self.label = label
        self.confidence = confidence
        self.start = start
    }
}
