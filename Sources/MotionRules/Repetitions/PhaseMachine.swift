/// Follows one person through the phases of one exercise.
struct PhaseMachine: Sendable {
    /// What is known of a completed round of phases.
    struct Cycle: Sendable {
        var start: Duration
        var turningPoint: Duration
        var rangeOfMotion: Float
        var confidence: Float
        var faults: [FormFault] = []
        /// Faults that this view does not tell of.
        var unjudged: [String] = []
    }

    private let exercise: Exercise
    /// Places of the range's and the travels' measures in the list of values, the range's first.
    private let tracked: [Int]
    private var conditions: [ConditionState]
    private var watches: [FaultWatch]

    /// The stage last visited; nil while waiting for the first.
    private(set) var stage: Int?
    /// Why the last update ended a repetition under way without one that counts; nil when it did not.
    private(set) var refusal: CycleRefusal?
    /// When the first stage was last seen.
    private var start = Duration.zero
    private var lastKnown = Duration.zero
    private var turningPoint = Duration.zero
    /// Extents of the tracked measures over the repetition and the rest just before it.
    private var extents: [Extent]
    /// Extents over the present and the last span of rest; together they reach back one to two spans.
    private var resting: [Extent]
    private var rested: [Extent]
    private var restSpanStart = Duration.zero
    private var confidenceSum: Float = 0
    private var confidenceCount: Float = 0

    /// How much of a long rest belongs to the repetition after it.
    private static let restSpan = Duration.milliseconds(500)

    init(_ exercise: Exercise, measures: [Measure]) {
        self.exercise = exercise
        tracked = ([exercise.range.measure] + exercise.travels.joined().map(\.measure)).map { measure in
            guard let index = measures.firstIndex(of: measure) else {
                preconditionFailure("the list of measures lacks \(measure.name)")
            }
            return index
        }
        conditions = exercise.stages.map { ConditionState($0.condition, measures: measures) }
        watches = exercise.faults.map { FaultWatch($0, stages: exercise.stages, measures: measures) }
        extents = tracked.map { _ in Extent() }
        resting = extents
        rested = extents
    }

    /// Takes one moment's values; gives a cycle when they complete one that counts.
    ///
    /// - Parameters:
    ///   - values: one a measure of the list.
    ///   - steady: the same without wild frames: phases hang on these, extents on the values themselves.
    mutating func update(_ values: [Measurement?], steady: [Measurement?], at time: Duration) -> Cycle? {
        refusal = nil
        let next = ((stage ?? -1) + 1) % exercise.stages.count
        var (first, wanted, isKnown) = (Claim.unknown, Claim.unknown, false)
        for index in conditions.indices {
            let claim = conditions[index].evaluate(steady)
            if index == 0 { first = claim }
            if index == next { wanted = claim }
            if claim != .unknown { isKnown = true }
        }
        if isKnown {
            lastKnown = time
        } else if time - lastKnown > exercise.patience {
            if let stage, stage > 0 || start < lastKnown { refusal = .unseen(start: start) }
            stage = nil
        }
        guard let stage else {
            if first == .yes { arrive(values, at: time) }
            return nil
        }
        if stage == 0, first == .yes {
            rest(values, at: time)
            return nil
        }
        include(values, at: time)
        let visited = next != 0 && wanted == .yes ? next : stage
        for index in watches.indices { watches[index].look(steady, stage: visited, at: time) }
        if time - start > exercise.duration.upperBound {
            refusal = .tooSlow(start: start, turningPoint: turningPoint, stage: stage)
            self.stage = nil
        } else if next != 0, wanted == .yes {
            self.stage = next
        } else if first == .yes {
            let cycle = next == 0 ? completed(at: time) : nil
            arrive(values, at: time)
            return cycle
        }
        return nil
    }

    /// Comes into the first stage from elsewhere.
    private mutating func arrive(_ values: [Measurement?], at time: Duration) {
        stage = 0
        restSpanStart = time
        for index in tracked.indices {
            resting[index] = Extent()
            rested[index] = Extent()
        }
        rest(values, at: time)
    }

    /// Stays in the first stage: a repetition may start from here.
    private mutating func rest(_ values: [Measurement?], at time: Duration) {
        start = time
        turningPoint = time
        let isNewSpan = time - restSpanStart >= Self.restSpan
        if isNewSpan { restSpanStart = time }
        for index in tracked.indices {
            if isNewSpan {
                rested[index] = resting[index]
                resting[index] = Extent()
            }
            if let measurement = values[tracked[index]] { resting[index].include(measurement.value) }
            extents[index] = rested[index]
            extents[index].include(resting[index])
        }
        for index in watches.indices { watches[index].reset() }
        (confidenceSum, confidenceCount) = (0, 0)
        if let measurement = values[tracked[0]] { (confidenceSum, confidenceCount) = (measurement.confidence, 1) }
    }

    /// Is on the way from the first stage back to it.
    private mutating func include(_ values: [Measurement?], at time: Duration) {
        if let measurement = values[tracked[0]] {
            let value = measurement.value
            let isFarther = exercise.range.rises ? value > extents[0].greatest : value < extents[0].least
            if isFarther { turningPoint = time }
            confidenceSum += measurement.confidence
            confidenceCount += 1
        }
        for index in tracked.indices {
            if let measurement = values[tracked[index]] { extents[index].include(measurement.value) }
        }
    }

    /// The cycle that ends now, if its duration, range and travels are those of a repetition.
    private mutating func completed(at time: Duration) -> Cycle? {
        guard exercise.duration.contains(time - start) else {
            // Longer ones are given up before they are complete.
            refusal = .tooQuick(start: start, turningPoint: turningPoint)
            return nil
        }
        guard extents[0].width >= exercise.range.least else {
            refusal = .range(start: start, turningPoint: turningPoint, width: extents[0].width)
            return nil
        }
        var index = 1
        for group in exercise.travels {
            var isMet = false
            let first = index
            for travel in group {
                // What is only to stay still is not refused because this view does not show it.
                if extents[index].isKnown
                    ? travel.allowed.contains(extents[index].width) : travel.allowed.lowerBound == 0
                {
                    isMet = true
                }
                index += 1
            }
            guard isMet else {
                let widths = extents[first..<index].map { $0.isKnown ? $0.width : nil }
                refusal = .travel(start: start, turningPoint: turningPoint, group: group, widths: widths)
                return nil
            }
        }
        var cycle = Cycle(
            start: start, turningPoint: turningPoint, rangeOfMotion: extents[0].width,
            confidence: confidenceSum / max(1, confidenceCount))
        for (fault, watch) in zip(exercise.faults, watches) {
            switch watch.verdict {
            case .seen(let found): cycle.faults.append(found)
            case .unjudged: cycle.unjudged.append(fault.name)
            case .absent: break
            }
        }
        return cycle
    }
}
