package import Skeleton

/// Counts repetitions by the rules of several exercises, for everyone in the picture.
///
/// Each track is counted by itself. Exercises do not know of each other: their rules are written so that one motion
/// satisfies one of them only.
package struct RepetitionCounter: Sendable {
    package let exercises: [Exercise]
    private let measures: [Measure]
    private var bodies: [TrackID: Body] = [:]
    private let explains: Bool
    /// Of somebody new.
    private let newcomer: Body
    /// What was noted of tracks that have ended.
    private var ended: [RepetitionTrace] = []

    /// What is remembered of one track.
    private struct Body: Sendable {
        var measurer: Measurer
        var medians: [RecentMedian]
        var steady: [Measurement?]
        var machines: [PhaseMachine]
        var counts: [Int]
        var frame = 0
        var time = Duration.zero
        /// Nil where nobody asks for explanations.
        var trace: RepetitionTrace?
    }

    /// - Parameter explains: whether to note down what `explanations` tells; counting is the same either way.
    package init(exercises: [Exercise], explains: Bool = false) {
        self.exercises = exercises
        self.explains = explains
        let measures = exercises.flatMap(\.measures).unique
        self.measures = measures
        newcomer = Body(
            measurer: Measurer(measures: measures),
            medians: Array(repeating: RecentMedian(), count: measures.count),
            steady: Array(repeating: nil, count: measures.count),
            machines: exercises.map { PhaseMachine($0, measures: measures) },
            counts: Array(repeating: 0, count: exercises.count))
    }

    /// The repetitions that this frame completes, in the order of people and exercises.
    package mutating func update(_ frame: SkeletonFrame) -> [Repetition] {
        var repetitions: [Repetition] = []
        for person in frame.people {
            var body = bodies.removeValue(forKey: person.track) ?? makeBody(of: person.track)
            body.measurer.update(person.pose, aspectRatio: frame.aspectRatio, at: frame.presentationTime)
            for index in measures.indices {
                body.steady[index] = body.medians[index].update(body.measurer.values[index], at: frame.presentationTime)
            }
            (body.frame, body.time) = (frame.index, frame.presentationTime)
            body.trace?.append(body.steady, of: body.measurer, at: frame.presentationTime)
            for index in exercises.indices {
                let cycle = body.machines[index].update(
                    body.measurer.values, steady: body.steady, at: frame.presentationTime)
                body.trace?.note(body.machines[index], of: index)
                if let cycle { repetitions.append(count(cycle, of: index, person.track, &body)) }
            }
            bodies[person.track] = body
        }
        return repetitions
    }

    /// Forgets a track that will not come back; gives its repetitions that were complete and not told yet.
    @discardableResult
    package mutating func end(_ track: TrackID) -> [Repetition] {
        guard var body = bodies.removeValue(forKey: track) else { return [] }
        let repetitions = exercises.indices.compactMap { index in
            body.machines[index].finish().map { count($0, of: index, track, &body) }
        }
        if let trace = body.trace { ended.append(trace) }
        return repetitions
    }

    /// Forgets everyone. A repetition under way at the end of a file is not complete, so it is not given.
    package mutating func finish() -> [Repetition] { bodies.keys.sorted().flatMap { end($0) } }

    /// Numbers a cycle of somebody.
    private func count(_ cycle: PhaseMachine.Cycle, of index: Int, _ track: TrackID, _ body: inout Body) -> Repetition {
        if !cycle.isPartial { body.counts[index] += 1 }
        var repetition = Repetition(
            track: track, exercise: exercises[index].name, index: body.counts[index], start: cycle.start,
            turningPoint: cycle.turningPoint, end: cycle.end, frame: body.frame, presentationTime: body.time,
            rangeOfMotion: cycle.rangeOfMotion, rangeUnit: exercises[index].range.measure.unit,
            confidence: cycle.confidence, faults: cycle.faults, unjudged: cycle.unjudged)
        repetition.isPartial = cycle.isPartial
        body.trace?.note(repetition, of: index)
        return repetition
    }

    /// How everyone fared with every exercise so far; empty where nothing was noted down.
    package var explanations: [RuleExplanation] {
        let traces = ended + bodies.keys.sorted().compactMap { bodies[$0]?.trace }
        return traces.flatMap { trace in
            exercises.enumerated().map { RepetitionReview(trace, of: $0.element, at: $0.offset).explanation }
        }
    }

    private func makeBody(of track: TrackID) -> Body {
        var body = newcomer
        if explains { body.trace = RepetitionTrace(track, exercises: exercises.count, measures: measures) }
        return body
    }
}
