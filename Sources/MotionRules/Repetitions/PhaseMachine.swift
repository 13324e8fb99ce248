/// Follows one person through the phases of one exercise.
struct PhaseMachine: Sendable {
    /// What is known of a completed round of phases.
    struct Cycle: Sendable {
        var start: Duration
        var turningPoint: Duration
        var end: Duration
        var rangeOfMotion: Float
        var confidence: Float
        var faults: [FormFault] = []
        /// Faults that this view does not tell of.
        var unjudged: [String] = []
        /// Whether it went clearly less far than those before it.
        var isPartial = false
    }

    /// A cycle that is back in the first phase, and not yet at rest.
    private struct Arrival: Sendable {
        var cycle: Cycle
        let time: Duration
        /// How near to rest it has come, and when.
        var nearest: Float
        var nearestTime: Duration
    }

    private let exercise: Exercise
    /// Places of the range's, the travels' and the faults' travelling measures in the list of values, the range's first.
    private let tracked: [Int]
    /// From where on in that list faults come, which hang on values without wild frames.
    private let steadyFrom: Int
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

    private var course: RangeCourse
    private var partials: PartialWatch
    private var arrival: Arrival?
    /// When the last cycle that was given ended.
    private var lastEnd = Duration.zero

    /// How long rest is waited for once a cycle is back in the first phase, at most and without coming nearer to it.
    private static let settling = (longest: Duration.milliseconds(450), still: Duration.milliseconds(100))
    /// How long the course is remembered at rest.
    private static let memory = Duration.seconds(5)
    /// How much of a long rest belongs to the repetition after it.
    private static let restSpan = Duration.milliseconds(500)

    init(_ exercise: Exercise, measures: [Measure]) {
        self.exercise = exercise
        let faults = exercise.faults.compactMap(\.travel)
        tracked = ([exercise.range.measure] + (exercise.travels.joined() + faults).map(\.measure)).map { measure in
            guard let index = measures.firstIndex(of: measure) else {
                preconditionFailure("the list of measures lacks \(measure.name)")
            }
            return index
        }
        steadyFrom = tracked.count - faults.count
        conditions = exercise.stages.map { ConditionState($0.condition, measures: measures) }
        course = RangeCourse(rises: exercise.range.rises)
        partials = PartialWatch(rises: exercise.range.rises)
        watches = exercise.faults.map { FaultWatch($0, stages: exercise.stages, measures: measures) }
        extents = tracked.map { _ in Extent() }
        resting = extents
        rested = extents
    }

    /// Takes one moment's values; gives a cycle when one that counts is complete and at rest.
    ///
    /// - Parameters:
    ///   - values: one a measure of the list.
    ///   - steady: the same without wild frames: phases hang on these, extents on the values themselves.
    mutating func update(_ values: [Measurement?], steady: [Measurement?], at time: Duration) -> Cycle? {
        if let measurement = values[tracked[0]] {
            let needed = arrival?.cycle.start ?? (stage == nil ? time : start)
            course.append(measurement.value, at: time, horizon: needed - Self.memory)
        }
        let cycle = advance(values, steady: steady, at: time)
        if let cycle {
            partials.reset()
            let value = steady[tracked[0]]?.value ?? 0
            arrival = Arrival(cycle: cycle, time: time, nearest: value, nearestTime: time)
        }
        if arrival != nil { return settle(steady, at: time) }
        guard stage == 0, let value = steady[tracked[0]]?.value else {
            partials.reset()
            return nil
        }
        guard let left = partials.look(value, at: time),
            let way = course.way(from: left, after: lastEnd, isBack: false)
        else { return nil }
        lastEnd = way.end
        return Cycle(
            start: way.start, turningPoint: way.turningPoint, end: way.end, rangeOfMotion: way.range,
            confidence: steady[tracked[0]]?.confidence ?? 0, isPartial: true)
    }

    /// The cycle that waits for rest, once it is there or nothing more is to be waited for.
    private mutating func settle(_ steady: [Measurement?], at time: Duration) -> Cycle? {
        guard var arrival, stage == 0, let value = steady[tracked[0]]?.value else { return finish() }
        let way = exercise.range.rises ? value - arrival.nearest : arrival.nearest - value
        let range = arrival.cycle.rangeOfMotion
        if way < -0.02 * range { (arrival.nearest, arrival.nearestTime) = (value, time) }
        self.arrival = arrival
        let isOver =
            time - arrival.time >= Self.settling.longest || time - arrival.nearestTime >= Self.settling.still
            || way > 0.08 * range
        return isOver ? finish() : nil
    }

    /// The cycle that waits for rest, as far as it is known.
    mutating func finish() -> Cycle? {
        guard let arrival = arrival.take() else { return nil }
        var cycle = arrival.cycle
        if let way = course.way(from: cycle.start, after: lastEnd, isBack: true) {
            (cycle.start, cycle.turningPoint, cycle.end) = (way.start, way.turningPoint, way.end)
            cycle.rangeOfMotion = way.range
        }
        cycle.isPartial = partials.take(
            cycle.rangeOfMotion, length: cycle.end - cycle.start, endingAt: arrival.nearest, at: arrival.time)
        lastEnd = cycle.end
        return cycle
    }

    /// Follows the phases; gives a cycle when it is back in the first one and counts.
    private mutating func advance(
        _ values: [Measurement?], steady: [Measurement?], at time: Duration
    ) -> Cycle? {
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
            if first == .yes { arrive(values, steady, at: time) }
            return nil
        }
        if stage == 0, first == .yes {
            rest(values, steady, at: time)
            return nil
        }
        include(values, steady, at: time)
        let visited = next != 0 && wanted == .yes ? next : stage
        for index in watches.indices { watches[index].look(steady, stage: visited, at: time) }
        if time - start > exercise.duration.upperBound {
            refusal = .tooSlow(start: start, turningPoint: turningPoint, stage: stage)
            self.stage = nil
        } else if next != 0, wanted == .yes {
            self.stage = next
        } else if first == .yes {
            let cycle = next == 0 ? completed(at: time) : nil
            arrive(values, steady, at: time)
            return cycle
        }
        return nil
    }

    /// Comes into the first stage from elsewhere.
    private mutating func arrive(_ values: [Measurement?], _ steady: [Measurement?], at time: Duration) {
        stage = 0
        restSpanStart = time
        for index in tracked.indices {
            resting[index] = Extent()
            rested[index] = Extent()
        }
        rest(values, steady, at: time)
    }

    /// Stays in the first stage: a repetition may start from here.
    private mutating func rest(_ values: [Measurement?], _ steady: [Measurement?], at time: Duration) {
        start = time
        turningPoint = time
        let isNewSpan = time - restSpanStart >= Self.restSpan
        if isNewSpan { restSpanStart = time }
        for index in tracked.indices {
            if isNewSpan {
                rested[index] = resting[index]
                resting[index] = Extent()
            }
            if let value = (index < steadyFrom ? values : steady)[tracked[index]]?.value {
                resting[index].include(value)
            }
            extents[index] = rested[index]
            extents[index].include(resting[index])
        }
        for index in watches.indices { watches[index].reset() }
        (confidenceSum, confidenceCount) = (0, 0)
        if let measurement = values[tracked[0]] { (confidenceSum, confidenceCount) = (measurement.confidence, 1) }
    }

    /// Is on the way from the first stage back to it.
    private mutating func include(_ values: [Measurement?], _ steady: [Measurement?], at time: Duration) {
        if let measurement = values[tracked[0]] {
            let value = measurement.value
            let isFarther = exercise.range.rises ? value > extents[0].greatest : value < extents[0].least
            if isFarther { turningPoint = time }
            confidenceSum += measurement.confidence
            confidenceCount += 1
        }
        for index in tracked.indices {
            if let value = (index < steadyFrom ? values : steady)[tracked[index]]?.value {
                extents[index].include(value)
            }
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
            start: start, turningPoint: turningPoint, end: time, rangeOfMotion: extents[0].width,
            confidence: confidenceSum / max(1, confidenceCount))
        index = steadyFrom
        for (fault, watch) in zip(exercise.faults, watches) {
            var width: Float = 0
            if fault.travel != nil {
                width = extents[index].width
                index += 1
            }
            switch watch.verdict(width: width, turn: turningPoint) {
            case .seen(let found): cycle.faults.append(found)
            case .unjudged: cycle.unjudged.append(fault.name)
            case .absent: break
            }
        }
        return cycle
    }
}
