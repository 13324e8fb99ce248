import Skeleton

/// Something under way between two people.
struct OpenInteraction {
    let kind: InteractionKind
    let track: TrackID
    let other: TrackID
    var isMutual: Bool
    var confidence: Float
    let segment: Int
    let start: Duration
    var lastReport: Duration

    func change(
        _ phase: Phase, frame: Int, at time: Duration, end: Duration? = nil, reason: EndReason? = nil
    ) -> InteractionChange {
        InteractionChange(
            phase: phase, kind: kind, track: track, other: other, isMutual: isMutual, confidence: confidence,
            segment: segment, frame: frame, presentationTime: time, start: start, end: end, reason: reason)
    }
}
