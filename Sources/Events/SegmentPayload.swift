package import Skeleton

/// Something one person does, or their being there.
package struct SegmentPayload: Sendable, Hashable {
    package var track: TrackID
    package var label: String
    /// 0…1.
    package var confidence: Float
    /// Media time at which it is judged to have begun.
    package var start: Duration

    package init(track: TrackID, label: String, confidence: Float, start: Duration) {
        self.track = track
        self.label = label
        self.confidence = confidence
        self.start = start
    }
}
