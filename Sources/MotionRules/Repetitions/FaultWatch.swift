/// Looks for one fault of form through a repetition.
struct FaultWatch: Sendable {
    /// What a repetition showed of a fault.
    enum Verdict: Sendable {
        case seen(FormFault)
        case absent
        /// The measures it hangs on were unknown for most of the time: this view does not tell.
        case unjudged
    }

    private let fault: Exercise.Fault
    private let stage: Int?
    private let shown: (measure: Measure, index: Int, range: ClosedRange<Float>)
    private var condition: ConditionState
    private var since: Duration?
    private var worst: (value: Float, excess: Float, time: Duration)?
    private var lasted = Duration.zero
    private var known = 0
    private var looks = 0

    /// A fault shows for this long, or it was noise.
    private static let least = Duration.milliseconds(100)

    init(_ fault: Exercise.Fault, stages: [Exercise.Stage], measures: [Measure]) {
        self.fault = fault
        stage = fault.phase.flatMap { phase in stages.firstIndex { $0.name == phase } }
        condition = ConditionState(fault.condition, measures: measures)
        let predicate = fault.condition.predicates[0]
        guard let index = measures.firstIndex(of: predicate.measure) else {
            preconditionFailure("the list of measures lacks \(predicate.measure.name)")
        }
        shown = (predicate.measure, index, predicate.range)
    }

    /// Forgets what it saw; a new repetition may begin.
    mutating func reset() {
        (since, worst, lasted, known, looks) = (nil, nil, .zero, 0, 0)
    }

    /// Looks at one moment of a repetition, in its phase last visited.
    mutating func look(_ values: [Measurement?], stage: Int, at time: Duration) {
        let claim = condition.evaluate(values)
        guard self.stage == nil || self.stage == stage else {
            since = nil
            return
        }
        looks += 1
        guard claim != .unknown else { return }
        known += 1
        guard claim == .yes else {
            since = nil
            return
        }
        let begin = since ?? time
        since = begin
        lasted = max(lasted, time - begin)
        guard let value = values[shown.index]?.value else { return }
        let excess = min(value - shown.range.lowerBound, shown.range.upperBound - value)
        if worst.map({ excess > $0.excess }) ?? true { worst = (value, excess, time) }
    }

    var verdict: Verdict {
        guard looks > 0, 2 * known >= looks else { return .unjudged }
        guard lasted >= Self.least, let worst else { return .absent }
        return .seen(
            FormFault(
                name: fault.name, words: fault.words, joint: fault.joint, measure: shown.measure.name,
                value: worst.value, unit: shown.measure.unit, time: worst.time))
    }
}
