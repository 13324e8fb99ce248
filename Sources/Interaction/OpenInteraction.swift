import Skeleton

/// Something under way between two people.
struct OpenInteraction {
    let kind: InteractionKind
    var segment: Segment
    let number: Int
    var lastReport: Duration

    func change(
        _ phase: Phase, frame: Int, at time: Duration, end: Duration? = nil, reason: EndReason? = nil
    ) -> SegmentChange {
        var segment = segment
        segment.end = end
        return SegmentChange(
            phase, of: segment, segment: number, frame: frame, presentationTime: time, reason: reason)
    }
}
