import Skeleton

/// Looks back at what was noted of one person and one exercise, and tells attempts and what became of them.
struct RepetitionReview {
    private let exercise: Exercise
    private let trace: RepetitionTrace
    private let course: RepetitionTrace.Course
    /// The ways out of the range's measure.
    private let excursions: [Excursion]
    private var times: [Duration] { trace.measures.times }

    init(_ trace: RepetitionTrace, of exercise: Exercise, at index: Int) {
        self.exercise = exercise
        self.trace = trace
        course = trace.courses[index]
        excursions = Self.excursions(of: exercise, trace.measures, course.stages)
    }

    var explanation: RuleExplanation {
        let names = course.stages.map { $0 >= 0 ? exercise.stages[Int($0)].name : nil }
        return RuleExplanation(
            rule: .exercise(exercise), track: trace.track, trace: trace.measures, attempts: attempts,
            bands: RuleExplanation.bands(names, at: times), wasReady: course.stages.contains { $0 >= 0 })
    }

    private var attempts: [Attempt] {
        var decided = course.repetitions.map { repetition in
            Attempt(
                start: repetition.start, turningPoint: repetition.turningPoint, end: repetition.end,
                outcome: .counted(repetition.index))
        }
        decided += course.refusals.compactMap { refused($0.refusal, endingAt: $0.moment) }
        // A way out within what has been decided on is a part of it.
        let others = excursions.filter { excursion in
            !decided.contains { $0.start <= times[excursion.peak] && times[excursion.peak] <= $0.end }
        }
        let conditions = exercise.stages.map { trace.measures.shortfalls(of: $0.condition) }
        let found =
            decided
            + others.indices.map { index in
                attempt(
                    others[index], from: index > 0 ? others[index - 1].end : 0,
                    until: index + 1 < others.count ? others[index + 1].start : times.count - 1, conditions)
            }
        return found.map { attempt in
            var attempt = attempt
            attempt.unseen = unseen(attempt.start, attempt.end)
            return attempt
        }
    }

    /// The ways out of the range's measure: shorter ones too where the person was ready.
    private static func excursions(
        of exercise: Exercise, _ trace: MeasureTrace, _ stages: [Int8]
    ) -> [Excursion] {
        let values = trace.values(of: exercise.range.measure)
        func all(isReady: Bool) -> [Excursion] {
            Excursion.all(
                in: values, at: trace.times, rises: exercise.range.rises,
                least: Attempt.leastWay(exercise.range, isReady: isReady), patience: exercise.patience)
        }
        func isReady(_ way: Excursion) -> Bool { stages[way.start...way.peak].contains { $0 >= 0 } }
        let short = all(isReady: true).filter(isReady)
        let long = all(isReady: false).filter { way in
            !isReady(way) && !short.contains { $0.start <= way.end && way.start <= $0.end }
        }
        return (short + long).sorted { $0.start < $1.start }
    }

    /// What the machine itself gave up; nil where nothing was tried.
    private func refused(_ refusal: CycleRefusal, endingAt moment: Int) -> Attempt? {
        let end = times[moment]
        func attempt(_ start: Duration, _ turningPoint: Duration, _ refusal: Refusal) -> Attempt {
            Attempt(start: start, turningPoint: turningPoint, end: end, outcome: .refused(refusal))
        }
        switch refusal {
        case .unseen(let start):
            // Standing still out of sight is no attempt.
            let way = excursions.last { times[$0.start] <= end && times[$0.end] >= start }
            guard let way else { return nil }
            return attempt(times[way.start], times[way.peak], notSeen(times[way.start], end))
        case .tooSlow(let start, let turn, let stage):
            // What only left the first phase is told by the ways out.
            guard stage > 0 else { return nil }
            let back = excursions.last { times[$0.start] <= turn && turn <= times[$0.end] }.map { times[$0.end] }
            return Attempt(
                start: start, turningPoint: turn, end: max(end, back ?? end),
                outcome: .refused(tooSlow(max(end, back ?? end) - start, before: exercise.stages[0].name)))
        case .tooQuick(let start, let turn):
            return attempt(
                start, turn,
                Refusal(
                    .tooQuick, shortcomings: [.init("duration", took: end - start, wanted: exercise.duration)],
                    summary: "all phases were visited"))
        case .range(let start, let turn, let width):
            let range = exercise.range
            return attempt(
                start, turn,
                Refusal(
                    .partial,
                    shortcomings: [
                        .init(range.measure, moved: width, wanted: range.least ... .greatestFiniteMagnitude)
                    ], summary: "all phases were visited, but the range of motion was too small"))
        case .travel(let start, let turn, let group, let widths):
            return attempt(
                start, turn,
                Refusal(
                    .travel,
                    shortcomings: zip(group, widths).map { .init($0.measure, moved: $1, wanted: $0.allowed) },
                    summary: group.count > 1
                        ? "all phases were visited, but none of the travels was met"
                        : "all phases were visited, but a travel was not met"))
        }
    }

    /// What hindered a way out that the machine took for no repetition.
    ///
    /// - Parameters:
    ///   - before: where the attempt before was over.
    ///   - after: where the next one begins.
    ///   - conditions: what each phase lacked, moment by moment.
    private func attempt(
        _ way: Excursion, from before: Int, until after: Int, _ conditions: [[Shortfall]]
    ) -> Attempt {
        let visited = course.stages[way.start...way.end].max() ?? -1
        let refusal: Refusal
        if visited < 0 {
            let rest = min(before, way.start)...way.peak
            refusal = hindrance(
                .notReady, 0, "the first phase '\(exercise.stages[0].name)' was not held before", rest, conditions)
        } else if visited + 1 < exercise.stages.count {
            let next = Int(visited) + 1
            refusal =
                way.isOpen
                ? unfinished
                : hindrance(
                    .partial, next, "phase '\(exercise.stages[next].name)' was not reached", way.start...way.end,
                    conditions)
        } else if way.isOpen, after == times.count - 1 {
            refusal = unfinished
        } else {
            refusal = hindrance(
                .notBack, 0, "phase '\(exercise.stages[0].name)' was not come back to", way.peak...max(way.end, after),
                conditions)
        }
        return Attempt(
            start: times[way.start], turningPoint: times[way.peak], end: times[way.end], outcome: .refused(refusal))
    }

    private func tooSlow(_ time: Duration, before phase: String) -> Refusal {
        Refusal(
            .tooSlow, shortcomings: [.init("duration", took: time, wanted: exercise.duration)],
            summary: "given up before '\(phase)' was reached")
    }

    private var unfinished: Refusal {
        Refusal(.unfinished, summary: "the person or the recording was gone before it was over")
    }

    /// What a phase lacked where it was nearest; that joints were not seen, if that was it.
    private func hindrance(
        _ reason: Refusal.Reason, _ stage: Int, _ summary: String, _ moments: ClosedRange<Int>,
        _ conditions: [[Shortfall]]
    ) -> Refusal {
        let nearest = conditions[stage][moments].min { $0.gap < $1.gap } ?? conditions[stage][moments.lowerBound]
        let time = times[moments.upperBound] - times[moments.lowerBound]
        if nearest.isMet, time > exercise.duration.upperBound {
            return tooSlow(time, before: exercise.stages[stage].name)
        }
        if nearest.lacks.contains(where: { $0.reached == nil }) {
            return notSeen(times[moments.lowerBound], times[moments.upperBound], phase: exercise.stages[stage].name)
        }
        return Refusal(
            reason, phase: exercise.stages[stage].name, shortcomings: nearest.lacks.map { .init($0) }, summary: summary)
    }

    private func notSeen(_ start: Duration, _ end: Duration, phase: String? = nil) -> Refusal {
        .notSeen(unseen(start, end), phase: phase)
    }

    private func unseen(_ start: Duration, _ end: Duration) -> [UnseenPoint] {
        trace.measures.unseen(exercise.measures, in: trace.measures.moments(from: start, to: end))
    }
}
