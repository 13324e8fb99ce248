import MotionRules

/// Follows one person through the phases of one exercise.
struct PhaseMachine: Sendable {
    /// What is known of a completed round of phases.
    struct Cycle: Sendable {
        var start: Duration
        var turningPoint: Duration
        var rangeOfMotion: Float
        var confidence: Float
    }

    private let exercise: Exercise
    private let rangeIndex: Int
    private let travelIndices: [Int]
    private var conditions: [ConditionState]

    /// The stage last visited; nil while waiting for the first.
    private var stage: Int?
    private var start = Duration.zero
    private var lastKnown = Duration.zero
    private var range = Extent()
    private var turningPoint = Duration.zero
    private var travels: [Extent]
    private var confidenceSum: Float = 0
    private var confidenceCount: Float = 0

    /// The least and greatest value of a measure so far.
    private struct Extent: Sendable {
        var first: Float?
        var least: Float = 0
        var greatest: Float = 0

        mutating func include(_ value: Float) {
            if first == nil { (first, least, greatest) = (value, value, value) }
            least = min(least, value)
            greatest = max(greatest, value)
        }
    }

    init(_ exercise: Exercise, measures: [Measure]) {
        func index(_ measure: Measure) -> Int {
            guard let index = measures.firstIndex(of: measure) else {
                preconditionFailure("the list of measures lacks \(measure.name)")
            }
            return index
        }
        self.exercise = exercise
        rangeIndex = index(exercise.range.measure)
        travelIndices = exercise.travels.map { index($0.measure) }
        conditions = exercise.stages.map { ConditionState($0.condition, measures: measures) }
        travels = exercise.travels.map { _ in Extent() }
    }

    /// Takes one moment's values; gives a cycle when they complete one that counts.
    mutating func update(_ values: [Measurement?], at time: Duration) -> Cycle? {
        var claims = (first: Claim.unknown, next: Claim.unknown, anyKnown: false)
        let next = ((stage ?? -1) + 1) % exercise.stages.count
        for index in conditions.indices {
            let claim = conditions[index].evaluate(values)
            if index == 0 { claims.first = claim }
            if index == next { claims.next = claim }
            if claim != .unknown { claims.anyKnown = true }
        }
        if claims.anyKnown {
            lastKnown = time
        } else if time - lastKnown > exercise.patience {
            stage = nil
        }
        guard let stage else {
            if claims.first == .yes { begin(values, at: time) }
            return nil
        }
        if stage > 0 || claims.first != .yes { include(values, at: time) }
        if stage == 0, claims.first == .yes {
            begin(values, at: time)
        } else if time - start > exercise.duration.upperBound {
            self.stage = nil
        } else if claims.next == .yes, next != 0 {
            self.stage = next
        } else if claims.first == .yes {
            let cycle = next == 0 ? completed(at: time) : nil
            begin(values, at: time)
            return cycle
        }
        return nil
    }

    /// Stands in the first phase: a repetition may start from here.
    private mutating func begin(_ values: [Measurement?], at time: Duration) {
        stage = 0
        start = time
        turningPoint = time
        range = Extent()
        for index in travels.indices { travels[index] = Extent() }
        (confidenceSum, confidenceCount) = (0, 0)
        include(values, at: time)
    }

    private mutating func include(_ values: [Measurement?], at time: Duration) {
        if let measurement = values[rangeIndex] {
            let value = measurement.value
            if range.first == nil || (exercise.range.rises ? value > range.greatest : value < range.least) {
                turningPoint = time
            }
            range.include(value)
            confidenceSum += measurement.confidence
            confidenceCount += 1
        }
        for (index, measure) in travelIndices.enumerated() {
            if let measurement = values[measure] { travels[index].include(measurement.value) }
        }
    }

    /// The cycle that ends now, if its duration, range and travels are those of a repetition.
    private func completed(at time: Duration) -> Cycle? {
        guard exercise.duration.contains(time - start), let first = range.first else { return nil }
        let motion = exercise.range.rises ? range.greatest - first : first - range.least
        guard motion >= exercise.range.least else { return nil }
        for (extent, travel) in zip(travels, exercise.travels) {
            guard extent.first != nil, travel.allowed.contains(extent.greatest - extent.least) else { return nil }
        }
        return Cycle(
            start: start, turningPoint: turningPoint, rangeOfMotion: motion,
            confidence: confidenceSum / max(1, confidenceCount))
    }
}
