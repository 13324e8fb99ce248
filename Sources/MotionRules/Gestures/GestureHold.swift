import Skeleton

/// Follows one way to make a gesture on one person: debounces its condition and keeps the segment under way.
struct GestureHold: Sendable {
    let gesture: Gesture
    private var condition: ConditionState
    /// When the condition became true, short breaks disregarded; nil while it is not.
    private(set) var since: Duration?
    /// When it was last known to be true.
    private(set) var lastTrue = Duration.zero
    private(set) var begin = Duration.zero
    /// Whether the last look found it other than true.
    private var isBroken = false
    private var lastReport = Duration.zero
    private var confidence: Float = 0
    private(set) var isUnderWay = false
    /// Number of the segment under way.
    var segment = 0

    /// Two looks in a row that are no farther apart than this leave no break between them.
    private static let sight = Duration.milliseconds(250)

    init(_ gesture: Gesture, variant: Condition, measures: [Measure]) {
        self.gesture = gesture
        condition = ConditionState(variant, measures: measures)
    }

    /// Takes one moment's values; gives the phase to report, if any.
    mutating func update(_ values: [Measurement?], at time: Duration) -> Phase? {
        let claim = condition.evaluate(values)
        let patience = isUnderWay ? gesture.gap : gesture.settle
        let unbroken = isBroken ? patience : max(patience, Self.sight)
        if since != nil, time - lastTrue > (claim == .yes ? unbroken : patience) { since = nil }
        isBroken = claim != .yes
        if claim == .yes {
            if since == nil, !isUnderWay { since = time }
            lastTrue = time
            confidence = condition.confidence
        }
        guard let since else {
            guard isUnderWay else { return nil }
            isUnderWay = false
            return .end
        }
        if !isUnderWay, lastTrue - since >= gesture.hold {
            isUnderWay = true
            begin = since
            lastReport = time
            return .begin
        }
        if isUnderWay, time - lastReport >= SegmentChange.updateInterval {
            lastReport = time
            return .update
        }
        return nil
    }

    /// A report on the segment under way or just ended.
    func change(
        _ phase: Phase, of track: TrackID, frame: Int, at time: Duration, reason: EndReason?
    ) -> SegmentChange {
        SegmentChange(
            phase: phase, track: track, label: gesture.label, confidence: confidence, segment: segment, frame: frame,
            presentationTime: time, start: begin, reason: reason)
    }
}
