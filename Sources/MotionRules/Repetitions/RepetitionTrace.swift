import Skeleton

/// What the counting of one person's exercises noted down, moment by moment, for explanations.
struct RepetitionTrace: Sendable {
    /// What was noted of one exercise.
    struct Course: Sendable {
        /// The phase last visited, one a moment; -1 while waiting for the first.
        var stages: [Int8] = []
        /// Repetitions begun and not counted, with the moment at which they ended.
        var refusals: [(moment: Int, refusal: CycleRefusal)] = []
        var repetitions: [Repetition] = []
    }

    let track: TrackID
    private(set) var measures: MeasureTrace
    private(set) var courses: [Course]

    init(_ track: TrackID, exercises: Int, measures: [Measure]) {
        self.track = track
        self.measures = MeasureTrace(measures: measures)
        courses = Array(repeating: Course(), count: exercises)
    }

    /// Begins a moment with what was measured.
    mutating func append(_ values: [Measurement?], of measurer: Measurer, at time: Duration) {
        measures.append(values, of: measurer, at: time)
    }

    /// Takes down what the machine of an exercise made of the moment.
    mutating func note(_ machine: PhaseMachine, of exercise: Int) {
        courses[exercise].stages.append(Int8(clamping: machine.stage ?? -1))
        if let refusal = machine.refusal {
            courses[exercise].refusals.append((measures.times.count - 1, refusal))
        }
    }

    /// Takes down a repetition that the moment completed.
    mutating func note(_ repetition: Repetition, of exercise: Int) {
        courses[exercise].repetitions.append(repetition)
    }
}
