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
    private var condition: ConditionState?
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
        let measure: Measure
        let range: ClosedRange<Float>
        switch fault.evidence {
        case .condition(let condition), .absence(let condition):
            self.condition = ConditionState(condition, measures: measures)
            (measure, range) = (condition.predicates[0].measure, condition.predicates[0].range)
        case .travel(let travel): (measure, range) = (travel.measure, travel.allowed)
        }
        guard let index = measures.firstIndex(of: measure) else {
            preconditionFailure("the list of measures lacks \(measure.name)")
        }
        shown = (measure, index, range)
    }

    /// Forgets what it saw; a new repetition may begin.
    mutating func reset() {
        (since, worst, lasted, known, looks) = (nil, nil, .zero, 0, 0)
    }

    /// Looks at one moment of a repetition, in its phase last visited.
    mutating func look(_ values: [Measurement?], stage: Int, at time: Duration) {
        let claim = condition?.evaluate(values) ?? (values[shown.index] == nil ? .unknown : .no)
        guard self.stage == nil || self.stage == stage else {
            since = nil
            return
        }
        looks += 1
        guard claim != .unknown else { return }
        known += 1
        guard claim == .yes else {
            since = nil
            if case .absence = fault.evidence { remember(values, at: time) }
            return
        }
        let begin = since ?? time
        since = begin
        lasted = max(lasted, time - begin)
        remember(values, at: time)
    }

    /// Keeps the value that is farthest within the range, or nearest to it.
    private mutating func remember(_ values: [Measurement?], at time: Duration) {
        guard let value = values[shown.index]?.value else { return }
        let excess = min(value - shown.range.lowerBound, shown.range.upperBound - value)
        if worst.map({ excess > $0.excess }) ?? true { worst = (value, excess, time) }
    }

    /// What the repetition showed.
    ///
    /// - Parameters:
    ///   - width: how far the measure moved, for a fault that is shown by it.
    ///   - turn: when the repetition turned.
    func verdict(width: Float, turn: Duration) -> Verdict {
        guard looks > 0, 2 * known >= looks else { return .unjudged }
        var worst = worst
        switch fault.evidence {
        case .condition: if lasted < Self.least { worst = nil }
        case .absence: if lasted >= Self.least { worst = nil }
        case .travel(let travel): worst = travel.allowed.contains(width) ? (width, 0, turn) : nil
        }
        guard let worst else { return .absent }
        return .seen(
            FormFault(
                name: fault.name, words: fault.words, joint: fault.joint, measure: shown.measure.name,
                value: worst.value, unit: shown.measure.unit, time: worst.time))
    }
}
