import Skeleton

/// What looking for gestures on one person noted down, moment by moment, for explanations.
struct GestureTrace: Sendable {
    /// What was noted of one way to make a gesture.
    struct Course: Sendable {
        /// Whether a segment was under way, one a moment.
        var isUnderWay: [Bool] = []
        /// Begins of segments: those of the gesture, and the moments at which they were reported.
        var begins: [(time: Duration, moment: Int)] = []
        /// The longest the condition had held by each moment since it last began to; zero while it does not.
        var held: [Duration] = []
    }

    let track: TrackID
    private(set) var measures: MeasureTrace
    private(set) var courses: [Course]

    init(_ track: TrackID, ways: Int, measures: [Measure]) {
        self.track = track
        self.measures = MeasureTrace(measures: measures)
        courses = Array(repeating: Course(), count: ways)
    }

    /// Begins a moment with what was measured.
    mutating func append(_ measurer: Measurer, at time: Duration) {
        measures.append(measurer.values, of: measurer, at: time)
    }

    /// Takes down what a hold made of the moment.
    mutating func note(_ hold: GestureHold, at way: Int) {
        let moment = measures.times.count - 1
        if hold.isUnderWay, courses[way].isUnderWay.last != true { courses[way].begins.append((hold.begin, moment)) }
        courses[way].isUnderWay.append(hold.isUnderWay)
        courses[way].held.append(hold.since.map { hold.lastTrue - $0 } ?? .zero)
    }
}
