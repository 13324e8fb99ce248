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
            body.trace?.append(body.steady, of: body.measurer, at: frame.presentationTime)
            for index in exercises.indices {
                let cycle = body.machines[index].update(
                    body.measurer.values, steady: body.steady, at: frame.presentationTime)
                body.trace?.note(body.machines[index], of: index)
                guard let cycle else { continue }
                body.counts[index] += 1
                repetitions.append(
                    Repetition(
                        track: person.track, exercise: exercises[index].name, index: body.counts[index],
                        start: cycle.start, turningPoint: cycle.turningPoint, end: frame.presentationTime,
                        frame: frame.index, presentationTime: frame.presentationTime,
                        rangeOfMotion: cycle.rangeOfMotion, rangeUnit: exercises[index].range.measure.unit,
                        confidence: cycle.confidence, faults: cycle.faults, unjudged: cycle.unjudged))
                body.trace?.note(repetitions[repetitions.count - 1], of: index)
            }
            bodies[person.track] = body
        }
        return repetitions
    }

    /// Forgets a track that will not come back.
    package mutating func end(_ track: TrackID) {
        if let trace = bodies.removeValue(forKey: track)?.trace { ended.append(trace) }
    }

    /// Forgets everyone. A repetition under way at the end of a file is not complete, so none is given.
    package mutating func finish() -> [Repetition] {
        for track in bodies.keys.sorted() { end(track) }
        return []
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
