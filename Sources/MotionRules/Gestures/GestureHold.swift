import Skeleton

/// Follows one way to make a gesture on one person: debounces its condition and keeps the segment under way.
struct GestureHold: Sendable {
    let gesture: Gesture
    private var condition: ConditionState
    private var arming: ConditionState?
    /// Since when it is armed; nil while it is not.
    private var armedSince: Duration?
    /// When the last segment ended; nil where none did.
    private var ended: Duration?
    private let hold: Duration
    private let isArmedAtOnce: Bool
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

    /// What arms a gesture must have been true for this long.
    private static let arms = Duration.milliseconds(150)

    /// - Parameters:
    ///   - variant: which of the gesture's ways is followed.
    ///   - waits: whether the gesture must be held; in a photograph nothing can be.
    init(_ gesture: Gesture, variant: Int, measures: [Measure], waits: Bool = true) {
        self.gesture = gesture
        hold = waits ? gesture.hold : .zero
        condition = ConditionState(gesture.variants[variant], measures: measures)
        if !gesture.arming.isEmpty { arming = ConditionState(gesture.arming[variant], measures: measures) }
        isArmedAtOnce = !waits
    }

    /// Takes one moment's values; gives the phase to report, if any.
    ///
    /// - Parameter isAllowed: whether a segment may begin.
    mutating func update(_ values: [Measurement?], at time: Duration, isAllowed: Bool = true) -> Phase? {
        var claim = condition.evaluate(values, at: time)
        let isReady = isArmed(values, at: time) && isAllowed && ended.map { time - $0 >= gesture.cooldown } ?? true
        if !isUnderWay, !isReady { claim = .no }
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
            ended = time
            return .end
        }
        if !isUnderWay, lastTrue - since >= hold {
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

    private mutating func isArmed(_ values: [Measurement?], at time: Duration) -> Bool {
        guard let claim = arming?.evaluate(values, at: time) else { return true }
        guard claim == .yes else {
            armedSince = nil
            return false
        }
        let since = armedSince ?? time
        armedSince = since
        return isArmedAtOnce || time - since >= Self.arms
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
