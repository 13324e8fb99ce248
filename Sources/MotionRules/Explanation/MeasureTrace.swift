import Skeleton

/// What the measures of one person were, moment by moment: what explanations and plots are made from.
package struct MeasureTrace: Sendable {
    package let measures: [Measure]
    /// Media time of each moment.
    package private(set) var times: [Duration] = []
    /// One list a measure, one value a moment; not a number where the measure was unknown.
    private var values: [[Float]]
    private var missing: [PointSet] = []
    private var doubtful: [PointSet] = []

    package init(measures: [Measure]) {
        self.measures = measures
        values = Array(repeating: [], count: measures.count)
    }

    /// Takes down a moment.
    ///
    /// - Parameters:
    ///   - values: one a measure.
    ///   - measurer: has just seen the pose they come from.
    mutating func append(_ values: [Measurement?], of measurer: Measurer, at time: Duration) {
        precondition(values.count == measures.count, "one value a measure")
        times.append(time)
        for index in measures.indices { self.values[index].append(values[index]?.value ?? .nan) }
        missing.append(measurer.missing)
        doubtful.append(measurer.doubtful)
    }

    /// The values of a measure, moment by moment; not a number where it was unknown.
    package func values(of measure: Measure) -> [Float] {
        guard let index = measures.firstIndex(of: measure) else {
            preconditionFailure("the trace lacks \(measure.name)")
        }
        return values[index]
    }

    /// The values of one moment, one a measure.
    func values(at moment: Int) -> [Measurement?] {
        values.map { $0[moment].isNaN ? nil : Measurement(value: $0[moment], confidence: 1) }
    }

    /// The moments from one time to another, both included; at least the last one before.
    package func moments(from start: Duration, to end: Duration) -> Range<Int> {
        let first = min(times.partitioningIndex { $0 >= start }, max(0, times.count - 1))
        return first..<max(first + 1, times.partitioningIndex { $0 > end })
    }

    /// What a condition lacked at each moment, looked at from the first on as it was when it was at work.
    func shortfalls(of condition: Condition) -> [Shortfall] {
        var state = ConditionState(condition, measures: measures)
        return times.indices.map { moment in
            let values = values(at: moment)
            _ = state.evaluate(values, at: times[moment])
            return state.shortfall(values)
        }
    }

    /// Of the places these measures rest on, those that were not seen, with the share of the moments, most first.
    package func unseen(_ measures: [Measure], in moments: Range<Int>) -> [UnseenPoint] {
        let wanted = PointSet(measures.flatMap(\.points)).points
        guard !moments.isEmpty else { return [] }
        return wanted.compactMap { point in
            let bit = PointSet([point])
            let gone = moments.count { missing[$0].contains(bit) }
            let hazy = moments.count { doubtful[$0].contains(bit) }
            guard gone + hazy > 0 else { return nil }
            return UnseenPoint(
                point: point, share: Float(gone + hazy) / Float(moments.count), isDoubtful: hazy >= gone)
        }.sorted { ($1.share, $0.point.rawValue) < ($0.share, $1.point.rawValue) }
    }
}

/// A place of the body that was not seen for a part of some time.
package struct UnseenPoint: Sendable, Hashable {
    package let point: BodyPoint
    /// Share of the moments, above 0 and at most 1.
    package let share: Float
    /// Whether it was mostly there but trusted too little, rather than missing.
    package let isDoubtful: Bool

    /// `left ankle 32 % (low visibility)`.
    package var sentence: String {
        let percent = max(1, Int((share * 100).rounded()))
        return "\(point.words) \(percent) % (\(isDoubtful ? "low visibility" : "missing"))"
    }
}
