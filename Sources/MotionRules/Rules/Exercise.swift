/// How one repetition of an exercise is told from other motion.
///
/// A repetition is an ordered visit of phases that ends where it began. It counts on arrival at the last phase, when
/// its tempo is known and an attempt broken off half-way has shown itself as such.
package struct Exercise: Sendable, Hashable {
    /// One posture that a repetition passes through.
    package struct Stage: Sendable, Hashable {
        package let name: String
        package let condition: Condition
    }

    /// The measure whose way and turning point a repetition is described by.
    package struct Range: Sendable, Hashable {
        package let measure: Measure
        /// Whether the measure grows towards the turning point.
        package let rises: Bool
        /// Repetitions that move it less are not counted; in the measure's unit.
        package let least: Float
    }

    /// Bounds for how far a measure moves over a whole repetition, between its least and its greatest value.
    package struct Travel: Sendable, Hashable {
        package let measure: Measure
        package let allowed: ClosedRange<Float>
    }

    /// Something that may be wrong with the form of a repetition.
    package struct Fault: Sendable, Hashable {
        package let name: String
        /// What is wrong, in words.
        package let words: String
        /// Where on the body; nil where it is the whole.
        package let joint: String?
        /// The phase in which it is looked for; nil for all the way from the first phase back to it.
        package let phase: String?
        package let evidence: Evidence

        /// The travel that shows it, where one does.
        var travel: Travel? { if case .travel(let travel) = evidence { travel } else { nil } }

        /// What shows a fault.
        package enum Evidence: Sendable, Hashable {
            /// That it holds for a moment.
            case condition(Condition)
            /// That it never does.
            case absence(Condition)
            /// How far a measure moves between its least and its greatest value.
            case travel(Travel)

            /// Every measure it asks for.
            package var measures: [Measure] {
                switch self {
                case .condition(let condition), .absence(let condition): condition.measures
                case .travel(let travel): [travel.measure]
                }
            }
        }
    }

    package let name: String
    /// In order of visit; the first is where a repetition starts and ends.
    package let stages: [Stage]
    package let range: Range
    /// Of each group at least one must hold.
    package let travels: [[Travel]]
    /// How long one repetition may take.
    package var duration: ClosedRange<Duration>
    /// How long measures may be unknown before a repetition under way is dropped.
    package var patience: Duration
    /// What may be wrong with a repetition that counts.
    package var faults: [Fault] = []

    package init(
        name: String, stages: [Stage], range: Range, travels: [[Travel]] = [],
        duration: ClosedRange<Duration> = .milliseconds(300) ... .seconds(15), patience: Duration = .milliseconds(500)
    ) {
        precondition(stages.count >= 2, "a repetition visits at least two phases")
        self.name = name
        self.stages = stages
        self.range = range
        self.travels = travels
        self.duration = duration
        self.patience = patience
    }

    /// Every measure it asks for, each once.
    package var measures: [Measure] {
        (stages.flatMap(\.condition.measures) + [range.measure] + travels.joined().map(\.measure)
            + faults.flatMap(\.evidence.measures)).unique
    }
}
